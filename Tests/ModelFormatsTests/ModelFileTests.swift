import Compute
import Files
import Foundation
import Imaging
import ModelFormats
import NetworkTestSupport
import NeuralNetworks
import Testing
import Training

/// What is written comes back.
struct ModelFileTests {
    /// Every kind of layer, every hyper-parameter away from its default.
    private static let everything = Sequential {
        Conv2D(
            filters: 3, kernelSize: (3, 2), stride: (1, 2), padding: .same, activation: .tanh, useBias: false,
            kernelInitializer: .heNormal)
        BatchNorm(momentum: 0.8, epsilon: 1e-2)
        Activation(.leakyRelu(slope: 0.1))
        MaxPool2D(size: 3, stride: 1, padding: .same)
        Dropout(0.25)
        AveragePool2D(size: 2, padding: .same)
        Conv2D(filters: 4, kernelSize: 1, activation: .leakyRelu)
        Activation(.sigmoid)
        GlobalAveragePool2D()
        Flatten()
        Dense(5, activation: .relu, useBias: false, kernelInitializer: .glorotNormal)
        Dense(2, activation: .softmax, kernelInitializer: .heUniform)
    }

    private static let information: ModelInformation = {
        var information = ModelInformation(classNames: ["„a“ \\ \n", "🙂/é"], loss: .meanSquaredError)
        information.normalization = .standardized(mean: 0.5, standardDeviation: 0.25)
        information.recipe = "notebook"
        information.seed = .max
        information.settings = .init(["optimizer": "adam", "epochs": "5"])
        information.dataset = .init(name: "mnist", sha256: "ab12")
        information.accuracy = .init(split: "test", correct: 9851, count: 10_000)
        information.temperature = 1.234_567_890_123_456_7
        information.packageVersion = "9.8.7"
        return information
    }()

    private func makeEverything() throws -> Network {
        let network = try Network(Self.everything, input: [8, 9, 2], seed: 4)
        // Values that a detour through text or another type would lose.
        network.setParameter("dense2.bias", to: [-0.0, .leastNonzeroMagnitude])
        network.setParameter("batchnorm1.moving_mean", to: [0.1, -.greatestFiniteMagnitude, 1 + .ulpOfOne])
        return network
    }

    @Test func everyLayerParameterAndFactComesBack() throws {
        let network = try makeEverything()
        let fixture = try ModelFileFixture(network, Self.information)
        let (read, information) = try ModelFile.read(fixture.path)
        #expect(read.description == network.description)
        #expect(read.inputShape == network.inputShape)
        #expect(read.layout == network.layout)
        #expect(read.bits == network.bits)
        // Who writes a file says his own version.
        var expected = Self.information
        expected.packageVersion = ModelInformation.currentVersion
        #expect(information == expected)
    }

    @Test func factsThatAreMissingComeBackMissing() throws {
        let fixture = try ModelFileFixture()
        let information = try ModelFile.read(fixture.path).1
        #expect(information == ModelInformation(classNames: ["no", "yes"]))
        #expect(information.recipe == nil && information.accuracy == nil)
    }

    @Test func theFileSaysTheNormalizationAsText() throws {
        let fixture = try ModelFileFixture(makeEverything(), Self.information)
        let json = try #require(SafetensorsFile(contentsOf: fixture.path).metadata["digits"])
        #expect(json.contains(#""normalization":"standardized(mean:0.5,standardDeviation:0.25)""#))
    }

    @Test(arguments: [
        Loss.sparseCategoricalCrossentropy, .sparseCategoricalCrossentropyFromLogits,
        .categoricalCrossentropy,
        .categoricalCrossentropyFromLogits, .meanSquaredError,
    ])
    func everyLossComesBack(loss: Loss) throws {
        let network = try Network(Sequential { Dense(1) }, input: [1], seed: 0)
        let fixture = try ModelFileFixture(network, ModelInformation(classNames: ["0"], loss: loss))
        #expect(try ModelFile.read(fixture.path).1.loss == loss)
    }

    @Test func equalModelsGiveEqualBytes() throws {
        let first = try ModelFileFixture(makeEverything(), Self.information).bytes
        #expect(try ModelFileFixture(makeEverything(), Self.information).bytes == first)
        let other = try makeEverything()
        other.setParameter("dense2.bias", to: [0.0, .leastNonzeroMagnitude])
        #expect(try ModelFileFixture(other, Self.information).bytes != first)
    }

    @Test func theFileIsPlainSafetensors() throws {
        let fixture = try ModelFileFixture()
        let file = try SafetensorsFile(contentsOf: fixture.path)
        #expect(file.names == ["dense1.bias", "dense1.weight"])
        #expect(file.tensors["dense1.weight"]?.shape == [2, 3])
        #expect(file.metadata.keys.sorted() == ["crc32", "digits", "format_version"])
        #expect(file.metadata["format_version"] == "1")
    }

    @Test func anExistingFileIsReplacedOnlyWhereThatIsAskedFor() throws {
        let fixture = try ModelFileFixture()
        let before = try fixture.bytes
        let network = try Network(Sequential { Dense(1) }, input: [1], seed: 0)
        let information = ModelInformation(classNames: ["0"])
        #expect(
            throws: ModelFileError.notWritten(
                FileError(path: fixture.path, operation: .rename, errorNumber: EEXIST))
        ) {
            try ModelFile.write(network, information, to: fixture.path, replacing: false)
        }
        #expect(try fixture.bytes == before)
        #expect(try fixture.names == ["model.safetensors"])
        try ModelFile.write(network, information, to: fixture.path, replacing: true)
        #expect(try fixture.bytes != before)
        #expect(try fixture.names == ["model.safetensors"])
    }

    @Test func aPathThatCannotBeWrittenLeavesNothingBehind() throws {
        let fixture = try ModelFileFixture()
        let network = try Network(Sequential { Dense(1) }, input: [1], seed: 0)
        for (path, errorNumber) in [
            ("\(fixture.folder)/missing/model.safetensors", ENOENT),
            ("\(fixture.path)/model.safetensors", ENOTDIR), (fixture.folder, EISDIR),
        ] {
            let error = #expect(throws: ModelFileError.self) {
                try ModelFile.write(network, ModelInformation(classNames: ["0"]), to: path, replacing: true)
            }
            guard case .notWritten(let cause) = error else {
                Issue.record("\(path): \(String(describing: error))")
                continue
            }
            #expect(cause.errorNumber == errorNumber)
            #expect(error?.description.contains(path) == true)
        }
        #expect(try fixture.names == ["model.safetensors"])
        let parent = URL(filePath: fixture.folder).deletingLastPathComponent().path(percentEncoded: false)
        let name = URL(filePath: fixture.folder).lastPathComponent
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: parent).filter { $0.contains(name) } == [name]
        )
    }
}
