import Compute
import Files
import Foundation
import ModelFormats
import NeuralNetworks
import Testing

/// One test for each way in which a model's file can be wrong.
struct ModelFileRefusalTests {
    /// Expects the file to be refused with this sentence after its path.
    private func expect(
        _ fixture: ModelFileFixture, isRefusedAs sentence: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let error = #expect(throws: ModelFileError.self, sourceLocation: sourceLocation) {
            try ModelFile.read(fixture.path)
        }
        #expect(error?.description == "\(fixture.path) \(sentence)", sourceLocation: sourceLocation)
    }

    private func expectBadDescription(
        _ fixture: ModelFileFixture, _ reason: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expect(
            fixture,
            isRefusedAs:
                "describes a network that cannot be: \(reason) The file is damaged or was made by another "
                + "program; train or fetch the model again.", sourceLocation: sourceLocation)
    }

    private func expectWeightMismatch(
        _ fixture: ModelFileFixture, _ reason: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expect(
            fixture,
            isRefusedAs:
                "holds weights that do not fit its architecture: \(reason) Train or fetch the model again.",
            sourceLocation: sourceLocation)
    }

    // MARK: - The file

    @Test func aMissingFileIsRefused() throws {
        let fixture = try ModelFileFixture()
        let path = "\(fixture.folder)/other.safetensors"
        let cause = FileError(path: path, operation: .read, errorNumber: ENOENT)
        #expect(throws: ModelFileError.container(SafetensorsError(path: path, fault: .unreadable(cause)))) {
            try ModelFile.read(path)
        }
    }

    @Test func aFileThatIsNoSafetensorsFileIsRefused() throws {
        let fixture = try ModelFileFixture()
        try fixture.replace(with: "<!DOCTYPE html>".utf8)
        let error = #expect(throws: ModelFileError.self) { try ModelFile.read(fixture.path) }
        guard case .container = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func aSafetensorsFileThatIsNoModelIsRefused() throws {
        for key in ["digits", "format_version"] {
            let fixture = try ModelFileFixture()
            try fixture.rewrite(metadata: { $0[key] = nil })
            expect(
                fixture,
                isRefusedAs:
                    "is a safetensors file, but holds no model of digits (its metadata has no “digits” "
                    + "entry). Give a file written by `digits train`.")
        }
    }

    @Test func aNewerFormatIsRefused() throws {
        let fixture = try ModelFileFixture()
        try fixture.rewrite(metadata: { $0["format_version"] = "2" })
        expect(
            fixture,
            isRefusedAs: "has the model format 2, which is newer than this program's (1). Update digits.")
    }

    @Test func aFormatThatNeverWasIsRefused() throws {
        for version in ["0", "-1", "one", ""] {
            let fixture = try ModelFileFixture()
            try fixture.rewrite(metadata: { $0["format_version"] = version })
            expectBadDescription(fixture, "its format version is “\(version)”, which there never was.")
        }
    }

    // MARK: - The description

    @Test func textThatIsNoJSONIsRefused() throws {
        for text in ["", "{", "[]", "null", "{}", String(repeating: "[", count: 100_000)] {
            let fixture = try ModelFileFixture()
            try fixture.rewriteDescription { _ in text }
            let error = #expect(throws: ModelFileError.self) { try ModelFile.read(fixture.path) }
            guard case .badDescription(fixture.path, let reason) = error else {
                Issue.record("\(text.prefix(9)): \(String(describing: error))")
                continue
            }
            #expect(!reason.isEmpty)
        }
    }

    @Test func missingAndMistypedEntriesAreRefused() throws {
        for (old, new) in [
            ("\"inputShape\":[3]", "\"inputShape\":3"), ("\"inputShape\":[3]", "\"inputShape\":[2.5]"),
            ("\"inputShape\":[3]", "\"input\":[3]"), ("\"units\":2", "\"units\":\"2\""),
            ("\"units\":2", "\"units\":1e30"), ("\"architecture\":[", "\"architecture\":[7,"),
            ("\"kind\":\"Dense\",", ""), ("\"loss\":\"sparseCategoricalCrossentropy\"", "\"loss\":\"zero\""),
            ("\"classNames\":[\"no\",\"yes\"]", "\"classNames\":[1,2]"),
            ("\"name\":\"softmax\"", "\"name\":\"hardmax\""),
        ] {
            let fixture = try ModelFileFixture()
            try fixture.rewriteDescription {
                #expect($0.contains(old), "The description has no \(old): \($0)")
                return $0.replacingOccurrences(of: old, with: new)
            }
            let error = #expect(throws: ModelFileError.self, "\(new)") { try ModelFile.read(fixture.path) }
            guard case .badDescription(fixture.path, let reason) = error else {
                Issue.record("\(new): \(String(describing: error))")
                continue
            }
            #expect(!reason.isEmpty)
        }
    }

    @Test(arguments: [
        ("0", "0.0"), ("-0.5", "-0.5"), ("\"NaN\"", nil), ("NaN", nil), ("1e400", nil), ("true", nil),
        ("[1]", nil),
    ])
    func aTemperatureThatIsNoneIsRefused(text: String, shown: String?) throws {
        var information = ModelInformation(classNames: ["no", "yes"])
        information.temperature = 1.5
        let fixture = try ModelFileFixture(
            Network(Sequential { Dense(2, activation: .softmax) }, input: [3], seed: 1), information)
        try fixture.rewriteDescription {
            $0.replacingOccurrences(of: "\"temperature\":1.5", with: "\"temperature\":\(text)")
        }
        if let shown {
            expectBadDescription(
                fixture, "its temperature is \(shown), but must be a finite number above 0.")
        } else {
            let error = #expect(throws: ModelFileError.self) { try ModelFile.read(fixture.path) }
            guard case .badDescription(fixture.path, let reason) = error else {
                Issue.record("\(text): \(String(describing: error))")
                return
            }
            #expect(!reason.isEmpty)
        }
    }

    @Test(arguments: ["l3", "l2(axis:7)", ""]) func anUnknownNormalizationIsRefused(text: String) throws {
        let fixture = try ModelFileFixture()
        try fixture.rewriteDescription {
            $0.replacingOccurrences(of: "\"unit-range\"", with: "\"\(text)\"")
        }
        expectBadDescription(fixture, "its normalisation is \(text), which is not known here.")
    }

    @Test func aMissingNormalizationIsRefused() throws {
        let fixture = try ModelFileFixture()
        try fixture.rewriteDescription {
            $0.replacingOccurrences(of: "\"normalization\":\"unit-range\",", with: "")
        }
        expectBadDescription(fixture, "“normalization” is missing in “information”.")
    }

    @Test func anUnknownLayerIsRefused() throws {
        let fixture = try ModelFileFixture()
        try fixture.rewriteDescription {
            $0.replacingOccurrences(of: "\"kind\":\"Dense\"", with: "\"kind\":\"Attention\"")
        }
        let error = #expect(throws: ModelFileError.self) { try ModelFile.read(fixture.path) }
        #expect(error?.description.contains("There is no layer “Attention”.") == true)
    }

    @Test func impossibleShapesAreRefused() throws {
        for (old, new) in [
            ("\"units\":2", "\"units\":0"), ("\"units\":2", "\"units\":-2"), ("[3]", "[0]"), ("[3]", "[-3]"),
            ("[3]", "[]"), ("[3]", "[3,3]"), ("[3]", "[3,3,1]"), ("[3]", "[9223372036854775807]"),
            ("[3]", "[4294967296,4294967296,4294967296]"), ("\"units\":2", "\"units\":9223372036854775807"),
        ] {
            let fixture = try ModelFileFixture()
            try fixture.rewriteDescription { $0.replacingOccurrences(of: old, with: new) }
            let error = #expect(throws: ModelFileError.self, "\(new)") { try ModelFile.read(fixture.path) }
            guard case .badDescription(fixture.path, _) = error else {
                Issue.record("\(new): \(String(describing: error))")
                continue
            }
        }
    }

    @Test func anEmptyArchitectureIsRefused() throws {
        let fixture = try ModelFileFixture()
        try fixture.rewriteDescription {
            $0.replacing(/"architecture":\[.*?\],/, with: "\"architecture\":[],")
        }
        expectBadDescription(fixture, "Sequential: The network has no layers; list at least one.")
    }

    @Test func anotherNumberOfClassesIsRefused() throws {
        for (names, count) in [("[]", 0), ("[\"a\"]", 1), ("[\"a\",\"b\",\"c\"]", 3)] {
            let fixture = try ModelFileFixture()
            try fixture.rewriteDescription {
                $0.replacingOccurrences(of: "[\"no\",\"yes\"]", with: names)
            }
            expectBadDescription(fixture, "it names \(count) classes, but the network has 2 outputs.")
        }
    }

    #if os(Linux)
        /// A description of nearly the largest network that is allowed, 1 GB, in a file that has not its weights.
        @Test func aDescriptionLargerThanTheFileTakesNoMemory() throws {
            let fixture = try ModelFileFixture()
            try fixture.rewriteDescription {
                $0.replacingOccurrences(of: "\"units\":2", with: "\"units\":16000")
                    .replacingOccurrences(of: "[3]", with: "[16000]")
            }
            let before = try peakMemory()
            expectWeightMismatch(
                fixture,
                "dense1.weight has shape [2, 3] of F32, but the architecture needs [16000, 16000] of F32.")
            #expect(try peakMemory() - before < 500_000_000)
        }

        /// The most bytes of memory that the process has had.
        private func peakMemory() throws -> Int {
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let match = try #require(status.firstMatch(of: /VmHWM:\s+(\d+) kB/))
            return try #require(Int(match.1)) * 1024
        }
    #endif

    @Test func aNetworkBeyondTheLimitIsRefused() throws {
        let fixture = try ModelFileFixture()
        try fixture.rewriteDescription {
            $0.replacingOccurrences(of: "\"units\":2", with: "\"units\":65536")
                .replacingOccurrences(of: "[3]", with: "[65536]")
        }
        expectBadDescription(
            fixture,
            "layer 1 (Dense): With its weight of shape 65536×65536 the network has more than 268435456 parameters; use "
                + "fewer channels or units.")
    }

    // MARK: - The weights

    @Test func aMissingTensorIsRefused() throws {
        let fixture = try ModelFileFixture()
        try fixture.rewrite(tensors: fixture.tensors.filter { $0.name != "dense1.bias" })
        expectWeightMismatch(fixture, "dense1.bias is missing.")
    }

    @Test func aTensorThatBelongsToNoLayerIsRefused() throws {
        let fixture = try ModelFileFixture()
        try fixture.rewrite(tensors: fixture.tensors + [("dense2.bias", [1], [0])])
        expectWeightMismatch(fixture, "dense2.bias belongs to no layer.")
    }

    @Test func aTensorOfAnotherShapeIsRefused() throws {
        let fixture = try ModelFileFixture()
        try fixture.rewrite(
            tensors: fixture.tensors.map {
                ($0.name, $0.name == "dense1.weight" ? [3, 2] : $0.shape, $0.values)
            })
        expectWeightMismatch(
            fixture, "dense1.weight has shape [3, 2] of F32, but the architecture needs [2, 3] of F32.")
    }

    @Test func aTensorOfAnotherTypeIsRefused() throws {
        let fixture = try ModelFileFixture()
        try fixture.rewrite(tensors: fixture.tensors.filter { $0.name != "dense1.bias" }) { writer in
            writer.add("dense1.bias", shape: [2], integers: [0, 0])
        }
        expectWeightMismatch(
            fixture, "dense1.bias has shape [2] of I64, but the architecture needs [2] of F32.")
    }

    // MARK: - Damage

    @Test func changedContentIsRefusedByItsChecksum() throws {
        let sentence =
            "has changed since it was written: its content does not match its checksum. Restore it from a copy or train "
            + "again; if the change is meant, allow it with --allow-changes (in Swift, allowingChanges: true)."
        let weights = try ModelFileFixture()
        try weights.rewrite(
            tensors: weights.tensors.map { ($0.name, $0.shape, $0.values.map { $0 == 0 ? -0.0 : $0 }) })
        expect(weights, isRefusedAs: sentence)

        let description = try ModelFileFixture()
        try description.rewriteDescription { $0.replacingOccurrences(of: "\"yes\"", with: "\"Yes\"") }
        expect(description, isRefusedAs: sentence)

        let missing = try ModelFileFixture()
        try missing.rewrite(metadata: { $0["crc32"] = nil })
        expect(missing, isRefusedAs: sentence)

        let unchanged = try ModelFileFixture()
        try unchanged.rewrite()
        #expect(throws: Never.self) { try ModelFile.read(unchanged.path) }
    }

    @Test func aChangeThatIsMeantIsAllowed() throws {
        let fixture = try ModelFileFixture()
        try fixture.rewrite(
            tensors: fixture.tensors.map { ($0.name, $0.shape, $0.values.map { _ in 0.5 }) })
        let network = try ModelFile.read(fixture.path, allowingChanges: true).0
        #expect(network["dense1.bias"] == [0.5, 0.5])
        let bytes = try fixture.bytes
        #expect(throws: ModelFileError.checksum(path: "bytes")) {
            try ModelFile.read(bytes: bytes, name: "bytes")
        }
        #expect(throws: Never.self) {
            try ModelFile.read(bytes: bytes, name: "bytes", allowingChanges: true)
        }
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func weightsThatAreNoNumbersAreRefusedWhateverTheirChecksum(value: Float) throws {
        let network = try Network(Sequential { Dense(2, activation: .softmax) }, input: [3], seed: 1)
        network.setParameter("dense1.bias", to: [0, value])
        let fixture = try ModelFileFixture(network, ModelInformation(classNames: ["no", "yes"]))
        let sentence =
            "holds weights that are infinite or not numbers, in dense1.bias, so that it can read nothing. "
            + "Train or fetch the model again."
        expect(fixture, isRefusedAs: sentence)
        #expect(throws: ModelFileError.weightNotFinite(path: fixture.path, tensor: "dense1.bias")) {
            try ModelFile.read(fixture.path, allowingChanges: true)
        }
    }

    @Test func everyFlippedBitIsRefused() throws {
        let fixture = try ModelFileFixture()
        var bytes = try fixture.bytes
        for index in bytes.indices {
            for bit in 0..<8 {
                bytes[index] ^= 1 << bit
                try fixture.replace(with: bytes)
                #expect(throws: ModelFileError.self, "bit \(bit) of byte \(index)") {
                    try ModelFile.read(fixture.path)
                }
                bytes[index] ^= 1 << bit
            }
        }
        try fixture.replace(with: bytes)
        #expect(throws: Never.self) { try ModelFile.read(fixture.path) }
    }

    @Test func everyTruncationIsRefused() throws {
        let fixture = try ModelFileFixture()
        let bytes = try fixture.bytes
        for count in bytes.indices {
            try fixture.replace(with: bytes.prefix(count))
            #expect(throws: ModelFileError.self, "\(count) of \(bytes.count) bytes") {
                try ModelFile.read(fixture.path)
            }
        }
    }
}
