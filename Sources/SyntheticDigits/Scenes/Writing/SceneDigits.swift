internal import Compute
package import Imaging

/// Labelled images of digits, such as MNIST's training images, that scenes are written with.
package struct SceneDigits: Sendable {
    private let images: ImageCollection
    /// The numbers of the images of each digit, 0 to 9.
    private let numbers: [[Int]]

    /// - Parameters:
    ///   - images: Grey images, 0 for paper and 255 for full ink, all digits in them about as high as those of MNIST in
    ///     relation to the image.
    ///   - labels: The digit of each image; images with a label outside 0…9 are not used.
    /// - Precondition: The images are grey, and there are as many labels as images.
    package init(images: ImageCollection, labels: [Int]) {
        precondition(
            images.channels == 1, "Scenes are written with grey images, not with \(images.channels) channels."
        )
        precondition(
            images.count == labels.count, "There are \(images.count) images and \(labels.count) labels.")
        self.images = images
        var numbers = [[Int]](repeating: [], count: 10)
        for (number, label) in labels.enumerated() where 0..<10 ~= label { numbers[label].append(number) }
        self.numbers = numbers
    }

    /// The ink of one image of a digit, at random; nil where there is no such image.
    func field(of digit: Int, random: inout CounterBasedRandom) -> InkField? {
        guard !numbers[digit].isEmpty else { return nil }
        let number = numbers[digit][random.nextIndex(numbers[digit].count)]
        return InkField(images.pixels(of: number), shape: images.shape)
    }
}
