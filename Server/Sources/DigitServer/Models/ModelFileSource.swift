import DigitRecognition

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where a served model comes from.
enum ModelFileSource {
    /// What the model's file is called in a run's folder, and in the folder of a version.
    static let fileName = "model.safetensors"
    /// What other model files' names end in.
    static let fileExtension = ".safetensors"

    /// The file that a path means: itself, or the model of a run's folder.
    static func file(at path: String) -> String {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
            ? path + "/" + fileName : path
    }

    /// The model of a file, or of a run's folder.
    /// - Throws: `Model`'s errors, and `NoImages` for a model that takes something else.
    static func model(at path: String) throws -> Model {
        let model = try Model(contentsOf: file(at: path))
        guard model.network.inputShape.rank == 3 else { throw NoImages(shape: model.network.inputShape) }
        return model
    }

    /// A model takes no images.
    struct NoImages: Error, CustomStringConvertible {
        let shape: Shape

        var description: String {
            "The model takes inputs of shape \(shape), but images have rows, columns and channels. "
                + "Serve one that begins with a layer for images."
        }
    }

    /// Whether a name can be part of an address as it is: letters, digits, `-`, `_` and `.`, not only dots, at most 128.
    static func isPossible(name: String) -> Bool {
        (1...128).contains(name.utf8.count) && !name.allSatisfy { $0 == "." }
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
