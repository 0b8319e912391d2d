import Foundation
import ModelFormats
import Testing

/// Agreement with the reference implementation; the fixtures and verdicts come from
/// `Utilities/ReferenceImplementations/safetensors_conformance.py`.
@Suite struct SafetensorsConformanceTests {
    /// Files that the reference reader lets through and this one refuses on purpose; see the header parser.
    static let refusedOnlyHere: Set<String> = [
        "white space before the brace", "duplicated tensor name", "duplicated tensor name with an escape",
        "names that differ in normalisation", "duplicated metadata key", "tensor array", "type is an object",
        "empty tensor of a size over 2^63",
    ]

    @Test func readerAgreesWithTheReferenceOnEveryCase() throws {
        let text = String(
            decoding: try SafetensorsFixtures.contents(of: "safetensors-cases.tsv"), as: UTF8.self)
        var deviations: Set<String> = []
        var counts = ["accepted": 0, "refused": 0]
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            let name = String(fields[0])
            let bytes = try SafetensorsFixtures.bytes(hexadecimal: fields[2])
            let isAccepted = (try? SafetensorsFile(bytes: bytes)) != nil
            counts[String(fields[1]), default: 0] += 1
            if isAccepted != (fields[1] == "accepted") {
                #expect(!isAccepted, "the reference refuses: \(name)")
                deviations.insert(name)
            }
        }
        #expect(deviations == Self.refusedOnlyHere)
        #expect(counts["accepted"]! >= 50 && counts["refused"]! >= 90, "\(counts)")
    }

    @Test func readerAgreesWithTheReferenceOnEveryTurnedBit() throws {
        let text = String(
            decoding: try SafetensorsFixtures.contents(of: "safetensors-flips.txt"), as: UTF8.self)
        let lines = text.split(separator: "\n")
        let bytes = try SafetensorsFixtures.bytes(hexadecimal: lines[0])
        #expect(throws: Never.self) { try SafetensorsFile(bytes: bytes) }
        #expect(lines[1].utf8.count == 8 * (bytes.count - 6))
        for (bit, verdict) in lines[1].utf8.enumerated() {
            var turned = bytes
            turned[bit / 8] ^= 1 << (bit % 8)
            let isAccepted = (try? SafetensorsFile(bytes: turned)) != nil
            #expect(isAccepted == (verdict == UInt8(ascii: "1")), "bit \(bit % 8) of byte \(bit / 8)")
        }
    }

    @Test func fileOfTheReferenceIsReadAndWrittenAgainToTheByte() throws {
        let bytes = try SafetensorsFixtures.contents(of: "safetensors-written-by-reference.safetensors")
        let file = try SafetensorsFile(bytes: bytes)
        #expect(file.metadata == ["settings": "{\"name\":\"digits\"}\u{8}\u{C}\r\t\u{1F}"])
        #expect(file.tensors.count == 23)
        #expect(Set(file.tensors.values.map(\.elementType)).count == 20)
        #expect(try file.floats(of: "scalar") == [1.5])
        #expect(file.tensors["scalar"]?.shape == [])
        #expect(file.tensors["empty"]?.shape == [0, 3])
        #expect(try file.integers(of: "Ä \"quoted\" \\ / \n\u{1}\u{7F} 😀") == [-2])

        var writer = SafetensorsWriter(metadata: file.metadata)
        for tensor in file.tensors.values {
            writer.add(
                tensor.name, tensor.elementType, shape: tensor.shape, bytes: try file.bytes(of: tensor.name))
        }
        #expect(writer.serialized() == bytes)
    }
}
