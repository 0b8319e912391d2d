import CPretrainedModels
import ModelFormats

/// A model that comes with the package, trained on MNIST by its recipe, test images left out.
public struct PretrainedModel: Sendable {
    /// What it is called: the name of its recipe.
    public let name: String
    /// What it is for, in a line.
    public let summary: String

    private let file: @Sendable () -> digits_pretrained_model

    /// The best single network, the one that is meant where none is named.
    public static let accurate = PretrainedModel(
        name: "accurate", summary: "the best single network", file: digits_pretrained_accurate)

    /// Under 10,000 parameters, for where memory is short.
    public static let tiny = PretrainedModel(
        name: "tiny", summary: "under 10,000 parameters", file: digits_pretrained_tiny)

    /// Reads single digits in pictures, and knows what is none.
    public static let reader = PretrainedModel(
        name: "reader", summary: "digits of any picture, and what is none", file: digits_pretrained_reader)

    /// Every one, the usual one first.
    public static let all = [accurate, tiny, reader]

    /// The one of a name, or nil.
    public static func named(_ name: String) -> PretrainedModel? { all.first { $0.name == name } }

    /// Bytes of its file.
    public var byteCount: Int { file().count }

    /// The model, with all that its file says about it. Each call makes another, which may be trained further.
    public func model() -> Model {
        file().read { try Model(bytes: $0, name: "the pretrained model \(name)") }
    }
}

extension digits_pretrained_model {
    /// What is made of the file's bytes.
    func read<Result>(_ make: ([UInt8]) throws -> Result) -> Result {
        do {
            return try make(Array(UnsafeBufferPointer(start: bytes, count: count)))
        } catch {
            // The tests read every one.
            preconditionFailure("A model of this package cannot be read: \(error)")
        }
    }
}

extension PretrainedModel: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}
