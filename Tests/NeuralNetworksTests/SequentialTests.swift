import Compute
import Foundation
import NeuralNetworks
import Testing

/// The description of a network: names, equality, its JSON text.
struct SequentialTests {
    /// Every kind of layer with settings that are not the defaults.
    static let layers: [any Layer] = [
        Conv2D(
            filters: 3, kernelSize: (3, 5), stride: (2, 1), padding: .same,
            activation: .leakyRelu(slope: 0.1),
            useBias: false, kernelInitializer: .heNormal),
        MaxPool2D(size: 3, stride: 2, padding: .same),
        MaxPool2D(size: (2, 1)),
        AveragePool2D(size: 3, stride: 1, padding: .same),
        AveragePool2D(size: (1, 3), stride: (2, 1)),
        GlobalAveragePool2D(),
        BatchNorm(momentum: 0.9, epsilon: 1e-5),
        Dropout(0.3),
        Flatten(),
        Dense(7, activation: .sigmoid, useBias: false, kernelInitializer: .glorotNormal),
        Activation(.softmax),
        Activation(.tanh),
        Activation(.relu),
        Activation(.leakyRelu),
        Ensemble([Sequential { Dense(2) }, Sequential { Dense(2, activation: .tanh) }]),
    ]

    @Test(arguments: layers.indices)
    func everyLayerSurvivesARoundTripThroughJSON(index: Int) throws {
        let description = Sequential([Self.layers[index]])
        let data = try JSONEncoder().encode(description)
        #expect(try JSONDecoder().decode(Sequential.self, from: data) == description)
    }

    @Test func wholeNetworksSurviveARoundTripThroughJSON() throws {
        for description in [GoldenNetworks.notebook, GoldenNetworks.second, Sequential(Self.layers)] {
            let data = try JSONEncoder().encode(description)
            #expect(try JSONDecoder().decode(Sequential.self, from: data) == description)
        }
    }

    @Test func theTextNamesKindAndSettings() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(
            decoding: try encoder.encode(
                Sequential {
                    MaxPool2D(size: 2)
                    AveragePool2D(size: (2, 1))
                    Dense(10, activation: .softmax)
                }), as: UTF8.self)
        #expect(
            text == #"[{"kind":"MaxPool2D","padding":"valid","size":[2,2],"stride":[2,2]},"#
                + #"{"kind":"AveragePool2D","padding":"valid","size":[2,1],"stride":[2,1]},"#
                + #"{"activation":{"name":"softmax"},"kernelInitializer":"glorotUniform","kind":"Dense","#
                + #""units":10,"useBias":true}]"#)
    }

    @Test(arguments: [
        (#"[{"kind":"Conv3D","filters":4}]"#, "There is no layer “Conv3D”."),
        (
            #"[{"kind":"Activation","function":{"name":"swish"}}]"#, "There is no activation “swish”."
        ),
    ])
    func unknownNamesAreRefused(text: String, reason: String) {
        #expect {
            _ = try JSONDecoder().decode(Sequential.self, from: Data(text.utf8))
        } throws: { error in
            guard case DecodingError.dataCorrupted(let context) = error else { return false }
            return context.debugDescription == reason
        }
    }

    @Test(arguments: [
        "{}", #"[{"filters":4}]"#, #"[{"kind":"Dense"}]"#, #"[{"kind":7}]"#, #"["Dense"]"#,
        #"[{"kind":"Dropout","rate":"half"}]"#,
        #"[{"kind":"Activation","function":{"name":"leaky_relu"}}]"#,
    ])
    func malformedDescriptionsAreRefused(text: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Sequential.self, from: Data(text.utf8))
        }
    }

    /// A file may hold any number: a window or a width beyond all reason must be an error and not a crash.
    @Test(arguments: [
        #"{"kind":"MaxPool2D","size":[2],"stride":[2,2],"padding":"valid"}"#,
        #"{"kind":"MaxPool2D","size":[2,2],"stride":[9223372036854775807,2],"padding":"same"}"#,
        #"{"kind":"AveragePool2D","size":[9223372036854775807,2],"stride":[2,2],"padding":"same"}"#,
        #"{"kind":"Conv2D","filters":9223372036854775807,"kernelSize":[3,3],"stride":[1,1],"padding":"valid","useBias":true,"kernelInitializer":"zeros"}"#,
        #"{"kind":"Conv2D","filters":4,"kernelSize":[4294967296,4294967296],"stride":[1,1],"padding":"same","useBias":true,"kernelInitializer":"zeros"}"#,
    ])
    func absurdSizesAreRefused(text: String) throws {
        let description = try JSONDecoder().decode(Sequential.self, from: Data("[\(text)]".utf8))
        #expect(throws: ShapeError.self) { try Network(description, input: [8, 8, 1], seed: 1) }
    }

    @Test func layersCountWithinTheirKind() {
        #expect(
            GoldenNetworks.notebook.layerNames == [
                "conv1", "maxpool1", "conv2", "maxpool2", "conv3", "maxpool3", "flatten1", "dense1", "dense2",
                "dense3",
            ])
        #expect(
            GoldenNetworks.second.layerNames == [
                "conv1", "batchnorm1", "activation1", "averagepool1", "conv2", "batchnorm2", "activation2",
                "maxpool1", "dropout1", "flatten1", "dense1",
            ])
    }

    @Test func parametersHaveStableDottedNames() throws {
        let names = try GoldenNetworks.makeSecond().layout.slots.map(\.name)
        #expect(
            names == [
                "conv1.weight", "conv1.bias", "batchnorm1.gamma", "batchnorm1.beta", "batchnorm1.moving_mean",
                "batchnorm1.moving_variance", "conv2.weight", "batchnorm2.gamma", "batchnorm2.beta",
                "batchnorm2.moving_mean", "batchnorm2.moving_variance", "dense1.weight", "dense1.bias",
            ])
    }

    @Test func loopsAndBranchesBuildLayers() {
        let isDeep = true
        let description = Sequential {
            for filters in [8, 16] { Conv2D(filters: filters, kernelSize: 3) }
            if isDeep { Dropout(0.1) }
            Flatten()
        }
        #expect(
            description
                == Sequential([
                    Conv2D(filters: 8, kernelSize: 3), Conv2D(filters: 16, kernelSize: 3), Dropout(0.1),
                    Flatten(),
                ]))
        #expect(description != Sequential([Conv2D(filters: 8, kernelSize: 3)]))
    }
}
