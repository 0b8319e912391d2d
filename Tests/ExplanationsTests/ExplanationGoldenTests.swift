import DigitRecognition
import Explanations
import Foundation
import NetworkTestSupport
import TestSupport
import Testing

/// Explanations of a network with fixed weights against Keras's in float64: see
/// Utilities/ReferenceImplementations/golden_explanations.py.
struct ExplanationGoldenTests {
    private let golden: GoldenFile
    private let images: ImageCollection

    init() throws {
        golden = try GoldenFile("explanations", in: .module)
        let shape = try golden.shape(of: "input")
        images = ImageCollection(
            height: shape[1], width: shape[2], bytes: try golden.bytes("input")[...])
    }

    private func makeModel(_ kernels: Kernels) throws -> Model {
        let model = try Model(input: [16, 14, 1]) {
            Conv2D(filters: 6, kernelSize: 3, padding: .same, activation: .relu)
            BatchNorm()
            MaxPool2D(size: 2)
            Conv2D(filters: 8, kernelSize: 3, useBias: false)
            BatchNorm()
            Activation(.leakyRelu)
            Dropout(0.4)
            Conv2D(filters: 10, kernelSize: (3, 3), stride: (2, 1), padding: .same, activation: .relu)
            AveragePool2D(size: 2, padding: .same)
            Flatten()
            Dense(12, activation: .tanh)
            Dense(10)
            Activation(.softmax)
        }
        for slot in model.network.layout.slots {
            model.network.setParameter(slot.name, to: try golden.floats("parameters.\(slot.name)"))
        }
        model.kernels = kernels
        return model
    }

    /// One image's and class's part of a tensor `[images][classes][rows][columns]`.
    private func values(_ name: String, _ number: Int, _ label: Int) throws -> ArraySlice<Float> {
        let all = try golden.floats(name)
        let size = all.count / 20
        return all[(number * 10 + label) * size..<(number * 10 + label + 1) * size]
    }

    private func expectClose(
        _ actual: [Float], _ expected: some Collection<Float>, tolerance: Float, of scale: Float? = nil,
        _ what: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(actual.count == expected.count, "\(what)", sourceLocation: sourceLocation)
        let largest = scale ?? expected.largestMagnitude
        #expect(largest > 0, "\(what) is compared with nothing", sourceLocation: sourceLocation)
        TestSupport.expectClose(
            actual, Array(expected), within: { _ in tolerance * largest }, what,
            sourceLocation: sourceLocation)
    }

    /// Float32's unit, 6·10⁻⁸, times the few dozen roundings of a chain of five layers.
    private static let tolerance: Float = 1e-5

    @Test(arguments: Kernels.available, ExplainedScore.allCases)
    func saliencyAgreesWithKeras(kernels: Kernels, score: ExplainedScore) throws {
        let model = try makeModel(kernels)
        for (number, image) in images.enumerated() {
            for label in 0..<10 {
                let what = "of image \(number), class \(label) with \(kernels)"
                let gradient = try model.saliency(of: image, class: label, score: score)
                #expect(gradient.map.height == 16 && gradient.map.width == 14)
                let expected = try values("gradient.\(score.rawValue)", number, label)
                expectClose(
                    gradient.map.values, expected, tolerance: Self.tolerance, "gradient \(what)")

                let product = try model.saliency(
                    of: image, class: label, method: .gradientTimesInput, score: score)
                let pixels = image.pixels.map { Float($0) / 255 }
                expectClose(
                    product.map.values, zip(expected, pixels).map { $0 * $1 }, tolerance: Self.tolerance,
                    "gradient × input \(what)")
            }
        }
    }

    /// The golden integral has 4,096 even steps and is good to 10⁻⁴ of its largest value.
    @Test(arguments: [(64, 0.02), (1000, 0.001)] as [(Int, Float)], ExplainedScore.allCases)
    func integratedGradientsAgreeWithKeras(steps: (count: Int, tolerance: Float), score: ExplainedScore)
        throws
    {
        let model = try makeModel(.best)
        for (number, image) in images.enumerated() {
            for label in 0..<10 {
                let integrated = try model.saliency(
                    of: image, class: label, method: .integratedGradients(steps: steps.count), score: score)
                expectClose(
                    integrated.map.values, try values("integrated.\(score.rawValue)", number, label),
                    tolerance: steps.tolerance, "integrated gradients of image \(number), class \(label)")
            }
        }
    }

    @Test(arguments: Kernels.available, ExplainedScore.allCases)
    func gradCAMAgreesWithKeras(kernels: Kernels, score: ExplainedScore) throws {
        let model = try makeModel(kernels)
        for (number, image) in images.enumerated() {
            for label in 0..<10 {
                let camera = try model.gradCAM(of: image, class: label, score: score)
                #expect(camera.layer == "conv3" && camera.map.height == 3 && camera.map.width == 5)
                #expect(camera.channelWeights.count == 10)
                #expect(camera.overlay.height == 16 && camera.overlay.width == 14)
                let inner = try model.gradCAM(
                    of: image, class: label, layer: "activation1", score: score)
                #expect(inner.map.height == 6 && inner.map.width == 5)
                for (name, map) in [
                    ("gradcam.conv3", camera.map), ("overlay.conv3", camera.overlay),
                    ("gradcam.activation1", inner.map),
                ] {
                    let name = "\(name).\(score.rawValue)"
                    // Where almost everything cancels, the roundings are those of the other classes' larger maps.
                    expectClose(
                        map.values, try values(name, number, label), tolerance: Self.tolerance,
                        of: try golden.floats(name).largestMagnitude,
                        "\(name) of image \(number), class \(label) with \(kernels)")
                }
            }
        }
    }

    @Test(arguments: Kernels.available)
    func activationsAgreeWithKeras(kernels: Kernels) throws {
        let model = try makeModel(kernels)
        for (number, image) in images.enumerated() {
            let activations = try model.activations(of: image)
            #expect(activations.map(\.name) == model.network.description.layerNames)
            for (index, activation) in activations.enumerated() {
                let all = try golden.floats("activation.\(index)")
                let size = all.count / 2
                #expect(activation.shape.count == size)
                expectClose(
                    activation.values, all[number * size..<(number + 1) * size], tolerance: Self.tolerance,
                    "\(activation.name) of image \(number) with \(kernels)")
            }
        }
    }
}
