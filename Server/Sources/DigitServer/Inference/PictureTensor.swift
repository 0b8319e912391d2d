import DigitRecognition

/// Encoded pictures as a model's images.
enum PictureTensor {
    /// The images of picture files of the model's size, with ink light on dark, as MNIST has it.
    /// - Throws: `ServiceError`, bad request, for what is no such picture.
    static func images(
        of files: [[UInt8]], for model: ServedModel, pixelLimit: Int
    ) throws(ServiceError) -> ImageTensor {
        let decoder = ImageDecoder(largestPixelCount: min(pixelLimit, model.shape.height * model.shape.width))
        var pixels: [UInt8] = []
        for (number, file) in files.enumerated() {
            let image: Image
            do throws(ImageDecodingError) {
                image = try decoder.decode(file, asGrey: model.shape.channels == 1).upright
            } catch {
                if case .tooLarge(let width, let height, _) = error {
                    throw misfit(number, width: width, height: height, model)
                }
                throw .badRequest("Picture \(number) cannot be read. \(error)")
            }
            guard image.shape == model.shape else {
                throw misfit(number, width: image.width, height: image.height, model)
            }
            pixels.append(contentsOf: image.pixels)
        }
        return ImageTensor(pixels: .bytes(pixels), count: files.count)
    }

    private static func misfit(_ number: Int, width: Int, height: Int, _ model: ServedModel) -> ServiceError {
        .badRequest(
            "Picture \(number) has \(width)×\(height) pixels, but the model '\(model.name)' takes "
                + "\(model.shape.width)×\(model.shape.height)"
                + (model.shape.channels == 1 ? "" : " in \(model.shape.channels) channels")
                + ". Send pictures of any size to /v1/read.")
    }
}
