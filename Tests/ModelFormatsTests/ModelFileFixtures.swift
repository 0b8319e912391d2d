import Compute
import ModelFormats
import NeuralNetworks
import TestSupport
import Testing

/// A folder of its own for one test with a model's file in it, removed at the end.
final class ModelFileFixture {
    private let files: TemporaryFolder
    /// Where the model's file is.
    let path: String

    /// Writes a model's file.
    init(_ network: Network, _ information: ModelInformation) throws {
        files = try TemporaryFolder()
        path = files.file("model.safetensors")
        try ModelFile.write(network, information, to: path, replacing: false)
    }

    /// Writes the file of a network of one Dense layer, 3 inputs and 2 outputs.
    convenience init() throws {
        try self.init(
            Network(Sequential { Dense(2, activation: .softmax) }, input: [3], seed: 1),
            ModelInformation(classNames: ["no", "yes"]))
    }

    /// Where the folder is.
    var folder: String { files.path }

    /// Everything in the folder, hidden files included.
    var names: [String] {
        get throws { try files.names }
    }

    var bytes: [UInt8] {
        get throws { try files.bytes("model.safetensors") }
    }

    /// Puts other bytes in the file's place.
    func replace(with bytes: some Sequence<UInt8>) throws {
        try files.write(bytes, as: "model.safetensors")
    }

    /// Writes the file anew with other metadata and tensors; the checksum stays the old one.
    func rewrite(
        metadata change: (inout [String: String]) -> Void = { _ in },
        tensors: [(name: String, shape: [Int], values: [Float])]? = nil,
        more: (inout SafetensorsWriter) -> Void = { _ in }
    ) throws {
        let file = try SafetensorsFile(contentsOf: path)
        var metadata = file.metadata
        change(&metadata)
        var writer = SafetensorsWriter(metadata: metadata)
        for (name, shape, values) in try tensors ?? self.tensors {
            writer.add(name, shape: shape, floats: values)
        }
        more(&writer)
        try replace(with: writer.serialized())
    }

    /// The tensors in the file.
    var tensors: [(name: String, shape: [Int], values: [Float])] {
        get throws {
            let file = try SafetensorsFile(contentsOf: path)
            return try file.names.map { ($0, try file.tensor($0).shape, try file.floats(of: $0)) }
        }
    }

    /// Writes the file anew with a changed description.
    func rewriteDescription(_ change: (String) -> String) throws {
        try rewrite(metadata: { $0["digits"] = change($0["digits"]!) })
    }
}
