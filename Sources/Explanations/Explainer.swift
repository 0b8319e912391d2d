import Compute
import DigitRecognition
import Imaging
import NeuralNetworks

/// A model that is asked about one class of one picture: its network as it predicts, forward to the class's score and back.
final class Explainer {
    /// The picture, normalised, `[height][width][channels]`.
    let input: [Float]
    /// The class.
    let label: Int

    private let score: ExplainedScore
    private let plan: ExplanationPlan
    private let outputsAreLogits: Bool

    /// - Parameters:
    ///   - label: The class, or nil for the one that is predicted.
    ///   - plan: The model's. Its capacity is the most inputs that are explained at a time; it is another explainer's only after this one.
    init(
        _ model: Model, _ image: Image, label: Int?, score: ExplainedScore, plan: ExplanationPlan
    ) throws {
        let classes = model.network.outputShape.count
        if let label, !(0..<classes).contains(label) {
            throw ExplanationError.classOutOfRange(class: label, classes: classes)
        }
        input = try model.normalizedInput(image)
        self.score = score
        self.plan = plan
        outputsAreLogits = plan.leavesOutSoftmax || model.information.loss.isFromLogits
        plan.run(InputList([input]))
        self.label = label ?? Array(plan.outputs(0)).argmax
    }

    /// Computes the score of some inputs, and its gradients.
    /// - Parameter inputs: Normalised, `[height][width][channels]` each, as many as there is capacity for.
    /// - Returns: The score of each.
    func explain(_ inputs: [[Float]]) -> [Float] {
        plan.run(InputList(inputs))
        let numbers = inputs.indices.map { scores(of: $0) }
        plan.backpropagate(images: inputs.count) { place, destination in
            destination.update(from: numbers[place].gradient, count: numbers[place].gradient.count)
        }
        return numbers.map(\.value)
    }

    /// The gradient of the score with respect to an input, `[height][width][channels]`: after `explain`.
    func inputGradient(_ place: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: input.count) { buffer, count in
            if let start = buffer.baseAddress { plan.copyInputGradient(place, to: start) }
            count = input.count
        }
    }

    /// The first input's output of a layer and the score's gradient with respect to it, `[rows][columns][channels]`
    /// each: after `explain`.
    func layer(_ layer: Int) -> (output: [Float], gradient: [Float]) {
        (Array(plan.layerOutput(layer, image: 0)), Array(plan.layerGradient(layer, image: 0)))
    }

    /// The score of one image of the run, and its gradient with respect to the plan's outputs.
    private func scores(of place: Int) -> (value: Float, gradient: [Float]) {
        let outputs = Array(plan.outputs(place))
        guard score == .probability, outputsAreLogits else {
            return (outputs[label], outputs.indices.map { $0 == label ? 1 : 0 })
        }
        // d p[c] / d z[j] = p[c] · ([j = c] - p[j]). The others' sum is exact where 1 - p[c] would lose everything.
        let probabilities = probabilities(ofLogits: outputs)
        let own = probabilities[label]
        var others: Float = 0
        for (index, probability) in probabilities.enumerated() where index != label { others += probability }
        return (own, probabilities.indices.map { $0 == label ? own * others : -own * probabilities[$0] })
    }
}

/// The softmax of logits, with the bits that the network would give.
func probabilities(ofLogits logits: [Float]) -> [Float] {
    [Float](unsafeUninitializedCapacity: logits.count) { buffer, count in
        if let start = buffer.baseAddress {
            withoutDenormals { _ = softmax(logits, into: start, count: logits.count) }
        }
        count = logits.count
    }
}

extension ExplanationPlan {
    /// A plan that explains a model as it is now, on the calling thread.
    convenience init(_ model: Model, capacity: Int) {
        self.init(
            model.network, capacity: capacity, pool: WorkerPool(threads: 1), kernels: model.kernels)
    }
}

/// Normalised inputs, `[height][width][channels]` each.
struct InputList: ImageBatch {
    private let inputs: [[Float]]

    init(_ inputs: [[Float]]) { self.inputs = inputs }

    var count: Int { inputs.count }

    func copyInput(of place: Int, into destination: inout MutableSpan<Float>) {
        for (index, value) in inputs[place].enumerated() { destination[index] = value }
    }
}

extension Model {
    /// What the network is given for a picture, `[height][width][channels]`.
    func normalizedInput(_ image: Image) throws(InputError) -> [Float] {
        let shape = Shape(image.shape)
        guard shape == network.inputShape else {
            throw .shapeMismatch(network: network.inputShape, images: shape)
        }
        return normalization(image)
    }

    /// The number of a layer, from 0.
    func layerIndex(_ name: String) throws(ExplanationError) -> Int {
        let names = network.description.layerNames
        guard let index = names.firstIndex(of: name) else { throw .unknownLayer(name, layers: names) }
        return index
    }
}
