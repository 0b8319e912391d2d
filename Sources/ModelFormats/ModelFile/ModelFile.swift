import CZlib
import Compute
import FoundationBasics
public import NeuralNetworks
import PlainText

/// A network with everything needed to use it, as one safetensors file.
///
/// Each parameter is a float32 tensor under its dotted name. The metadata has the entries `digits` (JSON: architecture,
/// input shape and `ModelInformation`), `format_version`, and `crc32` over the JSON text and all tensors' bytes in the
/// order of their names. Specification of the container: https://huggingface.co/docs/safetensors.
public enum ModelFile {
    /// The newest format that this version reads, and the one that it writes.
    public static let formatVersion = "1"

    /// Writes a model; a crash leaves the old file or the new one.
    /// - Parameter replacing: Whether an existing file may be replaced.
    /// - Throws: `ModelFileError.notWritten`.
    public static func write(
        _ network: Network, _ information: ModelInformation, to path: String, replacing: Bool
    ) throws(ModelFileError) {
        precondition(
            information.classNames.count == network.outputShape.axes.last,
            "The network has outputs of shape \(network.outputShape), but \(information.classNames.count) classes are named."
        )
        var information = information
        information.packageVersion = ModelInformation.currentVersion
        let document = Document(
            architecture: network.description, inputShape: network.inputShape, information: information)
        let json = document.text
        var writer = SafetensorsWriter(metadata: [
            "format_version": formatVersion, "digits": json,
            "crc32": checksum(json, of: network),
        ])
        for slot in network.layout.slots {
            writer.add(
                slot.name, shape: slot.shape.axes, floats: Array(network.parameters.floats[slot.range]))
        }
        do {
            try writer.write(to: path, replacing: replacing)
        } catch {
            throw .notWritten(error)
        }
    }

    /// Reads a model.
    /// - Parameter allowingChanges: Whether a file that another program has changed since it was written is read.
    /// - Throws: `ModelFileError` for whatever is wrong with the file.
    public static func read(
        _ path: String, allowingChanges: Bool = false
    ) throws(ModelFileError) -> (Network, ModelInformation) {
        let file: SafetensorsFile
        do {
            file = try SafetensorsFile(contentsOf: path)
        } catch {
            throw .container(error)
        }
        return try read(file, path: path, allowingChanges: allowingChanges)
    }

    /// Reads a model from the bytes of its file.
    /// - Parameters:
    ///   - name: What errors call the file.
    ///   - allowingChanges: Whether a file that another program has changed since it was written is read.
    /// - Throws: `ModelFileError` for whatever is wrong with it.
    public static func read(
        bytes: [UInt8], name: String, allowingChanges: Bool = false
    ) throws(ModelFileError) -> (Network, ModelInformation) {
        let file: SafetensorsFile
        do {
            file = try SafetensorsFile(bytes: bytes, path: name)
        } catch {
            throw .container(error)
        }
        return try read(file, path: name, allowingChanges: allowingChanges)
    }

    private static func read(
        _ file: SafetensorsFile, path: String, allowingChanges: Bool
    ) throws(ModelFileError) -> (Network, ModelInformation) {
        guard let json = file.metadata["digits"], let version = file.metadata["format_version"] else {
            throw .notAModel(path: path)
        }
        guard version == formatVersion else {
            if let number = Int(version), number > Int(formatVersion)! {
                throw .newerFormat(path: path, version: version)
            }
            throw .badDescription(
                path: path, reason: "its format version is “\(version)”, which there never was.")
        }
        let document = try Document(text: json, path: path)
        let network = try network(of: document, file, path: path)
        guard allowingChanges || file.metadata["crc32"] == checksum(json, of: network) else {
            throw .checksum(path: path)
        }
        for slot in network.layout.slots
        where !network.parameters.floats[slot.range].allSatisfy(\.isFinite) {
            throw .weightNotFinite(path: path, tensor: slot.name)
        }
        return (network, document.information)
    }

    /// The described network with the file's weights. The layout is compared first, so that a false description cannot
    /// make it allocate more than the file holds.
    private static func network(
        of document: Document, _ file: SafetensorsFile, path: String
    ) throws(ModelFileError) -> Network {
        func described<Result>(_ make: () throws(ShapeError) -> Result) throws(ModelFileError) -> Result {
            do {
                return try make()
            } catch {
                throw .badDescription(path: path, reason: error.description)
            }
        }
        let architecture = document.architecture
        let layout = try described { () throws(ShapeError) in
            try ParameterLayout(architecture, input: document.inputShape)
        }
        try check(layout, file, path: path)
        let network = try described { () throws(ShapeError) in
            try Network(zeros: architecture, input: document.inputShape)
        }
        for slot in network.layout.slots {
            do {
                try file.copyFloats(
                    of: slot.name,
                    to: UnsafeMutableBufferPointer(rebasing: network.parameters.floats[slot.range]))
            } catch {
                throw .container(error)
            }
        }
        // At many positions each has the same classes.
        let outputs = network.outputShape.axes.last!
        guard document.information.classNames.count == outputs else {
            throw .badDescription(
                path: path,
                reason: "it names \(document.information.classNames.count) classes, but the network has "
                    + "\(outputs) outputs.")
        }
        if let temperature = document.information.temperature, !ModelInformation.isTemperature(temperature) {
            throw .badDescription(
                path: path, reason: "its temperature is \(temperature), but must be a finite number above 0.")
        }
        return network
    }

    private static func check(
        _ layout: ParameterLayout, _ file: SafetensorsFile, path: String
    ) throws(ModelFileError) {
        for slot in layout.slots {
            guard let tensor = file.tensors[slot.name] else {
                throw .weightMismatch(path: path, reason: "\(slot.name) is missing.")
            }
            guard tensor.shape == slot.shape.axes, tensor.elementType == .float32 else {
                throw .weightMismatch(
                    path: path,
                    reason:
                        "\(slot.name) has shape \(tensor.shape) of \(tensor.elementType.rawValue), but the "
                        + "architecture needs \(slot.shape.axes) of F32.")
            }
        }
        let known = Set(layout.slots.map(\.name))
        if let extra = file.names.first(where: { !known.contains($0) }) {
            throw .weightMismatch(path: path, reason: "\(extra) belongs to no layer.")
        }
    }

    /// zlib's CRC-32 as eight hexadecimal digits.
    private static func checksum(_ json: String, of network: Network) -> String {
        var crc = crc32(0, nil, 0)
        func add(_ bytes: UnsafeRawBufferPointer) {
            crc = crc32_z(crc, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
        }
        Array(json.utf8).withUnsafeBytes(add)
        for slot in network.layout.slots.sorted(by: { $0.name < $1.name }) {
            add(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: network.parameters.floats[slot.range])))
        }
        return NumberText.hexadecimal(crc, digits: 8)
    }
}

/// The JSON in a model file's metadata.
private struct Document: Codable {
    var architecture: Sequential
    var inputShape: Shape
    var information: ModelInformation

    init(architecture: Sequential, inputShape: Shape, information: ModelInformation) {
        self.architecture = architecture
        self.inputShape = inputShape
        self.information = information
    }

    init(text: String, path: String) throws(ModelFileError) {
        do {
            self = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
        } catch let error as DecodingError {
            throw .badDescription(path: path, reason: error.sentence)
        } catch {
            throw .badDescription(path: path, reason: "its JSON cannot be read.")
        }
    }

    /// Keys are sorted, so that equal models give equal files.
    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else {
            preconditionFailure(
                "A model's settings hold a number that JSON has not (infinite or not a number).")
        }
        return String(decoding: data, as: UTF8.self)
    }
}

extension DecodingError {
    /// What is wrong, and where, in one sentence.
    fileprivate var sentence: String {
        func place(_ context: Context) -> String {
            context.codingPath.map(\.stringValue).joined(separator: ".")
        }
        switch self {
        case .keyNotFound(let key, let context):
            return "“\(key.stringValue)” is missing in “\(place(context))”."
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            let place = place(context)
            return place.isEmpty ? context.debugDescription : "\(place): \(context.debugDescription)"
        @unknown default:
            return "its JSON cannot be read."
        }
    }
}
