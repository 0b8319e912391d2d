import ModelFormats
import Testing

@Suite struct SafetensorsWriterTests {
    private func header(_ writer: SafetensorsWriter) -> String {
        let bytes = writer.serialized()
        return String(decoding: bytes[8..<8 + Int(bytes[0])], as: UTF8.self)
    }

    @Test func tensorsAreSortedByAlignmentThenByTheBytesOfTheName() throws {
        var writer = SafetensorsWriter()
        writer.add("a", .uint8, shape: [1], bytes: [1])
        writer.add("é", shape: [1], floats: [1])
        writer.add("z", shape: [1], floats: [1])
        writer.add("Z", shape: [1], floats: [1])
        writer.add("y", shape: [1], integers: [1])
        let file = try SafetensorsFile(bytes: writer.serialized())
        #expect(file.names == ["y", "Z", "z", "é", "a"])
    }

    @Test func headerIsPaddedWithSpacesToEightBytes() {
        for length in 0...8 {
            var writer = SafetensorsWriter()
            writer.add(String(repeating: "n", count: length), .uint8, shape: [1], bytes: [7])
            let bytes = writer.serialized()
            #expect(bytes.prefix(8) == [UInt8(bytes.count - 9), 0, 0, 0, 0, 0, 0, 0])
            #expect(bytes.count % 8 == 1)
            #expect(bytes.last == 7)
            #expect(header(writer).drop { $0 != "}" }.drop { $0 == "}" }.allSatisfy { $0 == " " })
        }
    }

    @Test func equalContentsGiveEqualBytesInWhateverOrderTheyWereAdded() {
        let keys = (0..<20).map { "key\($0)" }
        func writer(_ names: [String]) -> SafetensorsWriter {
            var writer = SafetensorsWriter()
            for name in names {
                writer.metadata[name] = "value"
                writer.add(name, shape: [1], floats: [2])
            }
            return writer
        }
        #expect(writer(keys).serialized() == writer(keys.reversed()).serialized())
        #expect(
            header(writer(["b", "c", "a"])).hasPrefix(
                #"{"__metadata__":{"a":"value","b":"value","c":"value"}"#))
    }

    @Test func fileWithoutTensorsIsWritten() throws {
        #expect(SafetensorsWriter().serialized() == [8, 0, 0, 0, 0, 0, 0, 0] + Array("{}      ".utf8))
        #expect(try SafetensorsFile(bytes: SafetensorsWriter().serialized()).names == [])
    }
}
