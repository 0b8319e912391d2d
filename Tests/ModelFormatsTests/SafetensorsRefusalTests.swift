import ModelFormats
import Testing

/// One test for each way in which a safetensors file can be wrong.
@Suite struct SafetensorsRefusalTests {
    private typealias Fixtures = SafetensorsFixtures

    private func expect(
        _ fault: SafetensorsError.Fault, from bytes: [UInt8],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: SafetensorsError(path: nil, fault: fault), sourceLocation: sourceLocation) {
            try SafetensorsFile(bytes: bytes)
        }
    }

    // The header's length.

    @Test func emptyFileIsRefused() {
        expect(.fileTooShort(byteCount: 0), from: [])
    }

    @Test func sevenByteFileIsRefused() {
        expect(.fileTooShort(byteCount: 7), from: [2, 0, 0, 0, 0, 0, 0])
    }

    @Test func headerLongerThanTheLimitIsRefused() {
        expect(.headerTooLong(byteCount: 100_000_001), from: Fixtures.file("{}", length: 100_000_001))
        expect(.headerTooLong(byteCount: .max), from: Fixtures.file("{}", length: .max))
    }

    @Test func headerPastTheEndOfTheFileIsRefused() {
        expect(.headerPastEndOfFile(byteCount: 3, available: 2), from: Fixtures.file("{}", length: 3))
        expect(
            .headerPastEndOfFile(byteCount: 100_000_000, available: 2),
            from: Fixtures.file("{}", length: 100_000_000))
    }

    // The header's text.

    @Test func invalidUTF8IsRefused() {
        for text: [UInt8] in [[0xFF], [0xC0, 0xA1], [0xED, 0xA0, 0x80], [0xE2, 0x82]] {
            expect(.headerNotUTF8, from: Fixtures.file(Array("{\"".utf8) + text + Array("\":{}}".utf8)))
        }
    }

    @Test func headerWithoutBraceIsRefused() {
        expect(.headerWithoutBrace, from: Fixtures.file(""))
        expect(.headerWithoutBrace, from: Fixtures.file("[]"))
        expect(.headerWithoutBrace, from: Fixtures.file(" {}"))
    }

    @Test func missingBraceIsRefused() {
        expect(.invalidJSON(offset: 1, expected: "a string"), from: Fixtures.file("{"))
    }

    @Test func trailingCommaIsRefused() {
        expect(
            .invalidJSON(offset: 21, expected: "a string"), from: Fixtures.file("{\"__metadata__\":null,}"))
    }

    @Test func textAfterTheHeaderIsRefused() {
        expect(
            .invalidJSON(offset: 2, expected: "nothing but white space after the last '}'"),
            from: Fixtures.file("{}{}"))
    }

    @Test func rawControlCharacterInAStringIsRefused() {
        expect(
            .invalidJSON(offset: 3, expected: "an escape in place of a control character"),
            from: Fixtures.file("{\"a\n\":1}"))
    }

    @Test func unterminatedStringIsRefused() {
        expect(.invalidJSON(offset: 3, expected: "the end of a string"), from: Fixtures.file("{\"a"))
        expect(.invalidJSON(offset: 4, expected: "the end of an escape"), from: Fixtures.file("{\"a\\"))
    }

    @Test func unknownEscapeIsRefused() {
        expect(
            .invalidJSON(offset: 3, expected: "an escape that JSON knows"), from: Fixtures.file("{\"\\x\":1}")
        )
    }

    @Test func shortUnicodeEscapeIsRefused() {
        expect(
            .invalidJSON(offset: 4, expected: "four hexadecimal digits"), from: Fixtures.file("{\"\\u12\":1}")
        )
        expect(
            .invalidJSON(offset: 4, expected: "four hexadecimal digits"),
            from: Fixtures.file("{\"\\u+123\":1}"))
    }

    @Test func halfOfASurrogatePairIsRefused() {
        for (text, offset) in [("\\ud83d", 8), ("\\ude00", 8), ("\\ud83d\\n", 8), ("\\ud83d\\ud83d", 14)] {
            expect(
                .invalidJSON(offset: offset, expected: "a pair of surrogates"),
                from: Fixtures.file("{\"\(text)\":1}"))
        }
    }

    @Test func deepNestingIsRefused() {
        for depth in [126, 100_000] {
            let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            let start = "{\"a\":{\"x\":"
            expect(.headerTooDeep(offset: start.utf8.count + 125), from: Fixtures.file("\(start)\(nested)}}"))
        }
    }

    @Test func misspeltLiteralIsRefused() {
        expect(.invalidJSON(offset: 10, expected: "'null'"), from: Fixtures.file("{\"a\":{\"x\":nul}}"))
    }

    // Names and metadata.

    @Test func duplicatedTensorNameIsRefused() {
        let entry = "{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}"
        expect(.duplicatedTensorName("a"), from: Fixtures.file("{\"a\":\(entry),\"a\":\(entry)}"))
        expect(.duplicatedTensorName("a"), from: Fixtures.file("{\"a\":\(entry),\"\\u0061\":\(entry)}"))
    }

    @Test func duplicatedMetadataIsRefused() {
        expect(.duplicatedMetadata, from: Fixtures.file("{\"__metadata__\":{},\"__metadata__\":{}}"))
    }

    @Test func duplicatedMetadataKeyIsRefused() {
        expect(
            .duplicatedMetadataKey("k"), from: Fixtures.file("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}"))
    }

    @Test func metadataThatIsNotTextToTextIsRefused() {
        expect(.metadataNotText(key: nil), from: Fixtures.file("{\"__metadata__\":[]}"))
        for value in ["1", "null", "{}", "[\"\"]", "true"] {
            expect(.metadataNotText(key: "k"), from: Fixtures.file("{\"__metadata__\":{\"k\":\(value)}}"))
        }
    }

    // The fields of a tensor.

    @Test func tensorThatIsNoObjectIsRefused() {
        for value in ["null", "1", "[\"F32\",[1],[0,4]]"] {
            expect(.tensorNotObject(tensor: "a"), from: Fixtures.file("{\"a\":\(value)}"))
        }
    }

    @Test func duplicatedFieldIsRefused() {
        for (field, value) in [("dtype", "\"F32\""), ("shape", "[1]"), ("data_offsets", "[0,4]")] {
            expect(
                .duplicatedField(field, tensor: "a"), from: Fixtures.tensor(more: ",\"\(field)\":\(value)"))
        }
    }

    @Test func missingFieldIsRefused() {
        let fields = [("dtype", "\"F32\""), ("shape", "[1]"), ("data_offsets", "[0,4]")]
        for (missing, _) in fields {
            let rest = fields.filter { $0.0 != missing }.map { "\"\($0.0)\":\($0.1)" }
            expect(
                .missingField(missing, tensor: "a"),
                from: Fixtures.file("{\"a\":{\(rest.joined(separator: ","))}}"))
        }
    }

    @Test func fieldOfTheWrongKindIsRefused() {
        expect(.invalidField("dtype", tensor: "a", expected: "a string"), from: Fixtures.tensor(dtype: "1"))
        for shape in ["1", "\"1\"", "null", "[\"1\"]", "[[1]]", "[true]"] {
            expect(
                .invalidField("shape", tensor: "a", expected: "an array of numbers"),
                from: Fixtures.tensor(shape: shape))
        }
        for offsets in ["[]", "[4]", "[0,4,4]"] {
            expect(
                .invalidField("data_offsets", tensor: "a", expected: "an array of two numbers"),
                from: Fixtures.tensor(offsets: offsets))
        }
    }

    @Test func unknownElementTypeIsRefused() {
        expect(.unknownElementType("Q4", tensor: "a"), from: Fixtures.tensor(dtype: "\"Q4\""))
        expect(.unknownElementType("f32", tensor: "a"), from: Fixtures.tensor(dtype: "\"f32\""))
    }

    // Numbers.

    @Test func negativeNumberIsRefused() {
        expect(.negativeNumber(field: "shape", tensor: "a"), from: Fixtures.tensor(shape: "[-1]"))
        expect(.negativeNumber(field: "data_offsets", tensor: "a"), from: Fixtures.tensor(offsets: "[-0,4]"))
    }

    @Test func fractionalNumberIsRefused() {
        for number in ["1.5", "1.0", "1e0", "1E+2"] {
            expect(
                .fractionalNumber(field: "shape", tensor: "a"), from: Fixtures.tensor(shape: "[\(number)]"))
        }
    }

    @Test func numberBeyond64BitsIsRefused() {
        for number in ["18446744073709551616", "123456789012345678901234567890"] {
            expect(.numberTooLarge(field: "shape", tensor: "a"), from: Fixtures.tensor(shape: "[\(number)]"))
        }
    }

    @Test func malformedNumberIsRefused() {
        let offset = "{\"a\":{\"dtype\":\"F32\",\"shape\":[".utf8.count
        for (number, position, expected) in [
            ("01", 2, "a number without leading zeros"), ("-", 1, "a digit"), ("1.", 2, "a digit"),
            ("1e", 2, "a digit"), ("1e999", 5, "a number in the range of a double"),
        ] {
            expect(
                .invalidJSON(offset: offset + position, expected: expected),
                from: Fixtures.tensor(shape: "[\(number)]"))
        }
    }

    // Sizes and ranges.

    @Test func overflowOfTheProductIsRefused() {
        for shape in [
            "[18446744073709551615]", "[4294967296,4294967296]", "[9223372036854775807,2,0]",
            "[4611686018427387904]",
        ] {
            expect(.sizeOverflow(tensor: "a"), from: Fixtures.tensor(shape: shape))
        }
    }

    @Test func sizeOtherThanTheProductIsRefused() {
        expect(.sizeMismatch(tensor: "a", expected: 8, actual: 4), from: Fixtures.tensor(shape: "[2]"))
        expect(.sizeMismatch(tensor: "a", expected: 0, actual: 4), from: Fixtures.tensor(shape: "[0]"))
        expect(
            .sizeMismatch(tensor: "a", expected: 4, actual: .max),
            from: Fixtures.tensor(offsets: "[0,\(UInt64.max)]"))
    }

    @Test func partOfAByteIsRefused() {
        expect(
            .partialByte(tensor: "a"), from: Fixtures.tensor(dtype: "\"F4\"", offsets: "[0,1]", byteCount: 1))
    }

    @Test func rangeThatEndsBeforeItBeginsIsRefused() {
        expect(.reversedRange(tensor: "a"), from: Fixtures.tensor(offsets: "[4,0]"))
    }

    @Test func holeIsRefused() {
        expect(.hole(tensor: "a", expectedStart: 0, start: 1), from: Fixtures.ranges([(1, 2)], byteCount: 2))
        expect(
            .hole(tensor: "b", expectedStart: 2, start: 3),
            from: Fixtures.ranges([(0, 2), (3, 4)], byteCount: 4))
    }

    @Test func overlapIsRefused() {
        expect(
            .overlap(tensor: "b", expectedStart: 2, start: 1),
            from: Fixtures.ranges([(0, 2), (1, 3)], byteCount: 3)
        )
        expect(
            .overlap(tensor: "b", expectedStart: 2, start: 0),
            from: Fixtures.ranges([(0, 2), (0, 2)], byteCount: 2)
        )
        expect(
            .overlap(tensor: "b", expectedStart: 2, start: 1),
            from: Fixtures.ranges([(0, 2), (1, 1)], byteCount: 2)
        )
    }

    @Test func trailingBytesAreRefused() {
        expect(.trailingBytes(count: 1), from: Fixtures.tensor(byteCount: 5))
        expect(.trailingBytes(count: 2), from: Fixtures.file("{}", data: [1, 2]))
    }

    @Test func missingBytesAreRefused() {
        expect(.missingBytes(count: 1), from: Fixtures.tensor(byteCount: 3))
    }

    // Damage.

    @Test func truncationAtEveryBoundaryIsRefused() throws {
        var writer = SafetensorsWriter(metadata: ["k": "v"])
        writer.add("a", shape: [2], floats: [1, 2])
        writer.add("b", shape: [1], integers: [3])
        let bytes = writer.serialized()
        #expect(throws: Never.self) { try SafetensorsFile(bytes: bytes) }
        for count in bytes.indices {
            #expect(throws: SafetensorsError.self, "\(count) of \(bytes.count) bytes") {
                try SafetensorsFile(bytes: Array(bytes.prefix(count)))
            }
        }
    }

    @Test func messagesNameTheFileTheFaultAndWhatToDo() {
        let error = #expect(throws: SafetensorsError.self) {
            try SafetensorsFile(bytes: Fixtures.tensor(byteCount: 3), path: "model.safetensors")
        }
        #expect(
            error?.description
                == "Cannot use 'model.safetensors' as a safetensors file: 1 bytes of tensor data are missing at its "
                + "end. It is damaged or of another kind; get it again or write it anew.")
    }
}
