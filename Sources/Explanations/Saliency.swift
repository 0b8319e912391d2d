public import DigitRecognition
public import Imaging
import NeuralNetworks

/// How much each pixel of a picture moves the score of a class.
public struct Saliency: Sendable, Hashable {
    /// How it was computed.
    public let method: SaliencyMethod
    /// The class that is explained.
    public let label: Int
    /// What the class is called.
    public let className: String
    /// What `score` is.
    public let scoreKind: ExplainedScore
    /// The class's score for the picture.
    public let score: Float
    /// A number for each pixel of the network's input, the sum over its channels, of either sign: positive where more ink speaks for the class
    /// (gradient), or where the pixel as it is does (the other methods).
    public let map: PixelMap
    /// For integrated gradients, how well their sum accounts for the score.
    public let completeness: Completeness?

    /// Integrated gradients sum up to the score's difference from the baseline, but for what the steps leave.
    public struct Completeness: Sendable, Hashable {
        /// The sum of the map.
        public let attributed: Double
        /// The score of the picture less that of the baseline.
        public let scoreDifference: Double

        /// What the steps leave: `attributed - scoreDifference`, in units of the score.
        public var gap: Double { attributed - scoreDifference }

        /// The gap's size as a share of the score's difference, at least 0; infinite where that is 0 and the gap is not.
        public var relativeGap: Double { gap == 0 ? 0 : abs(gap / scoreDifference) }
    }
}

/// Ways to say how much a pixel matters. All are with respect to the *normalised* input.
public enum SaliencyMethod: Sendable, Hashable {
    /// `∂score / ∂x`: what a little more ink there would do.
    ///
    /// K. Simonyan, A. Vedaldi and A. Zisserman, "Deep Inside Convolutional Networks", 2013, arXiv:1312.6034. They show its
    /// magnitude; the sign is kept here.
    case gradient
    /// `x · ∂score / ∂x`: what the ink that is there does, by the gradient alone. Blank pixels get 0.
    case gradientTimesInput
    /// `(x - x') · ∫ from 0 to 1 of ∂score / ∂x at x' + α (x - x') dα`: what the ink that is there does on the way from a
    /// baseline x' to the picture x. The sum over pixels is `score(x) - score(x')`.
    ///
    /// The integral is taken by the midpoint rule with at most this many steps, 1 to 10,000, which are denser where the
    /// gradient changes most. With 64 steps the recipes' networks leave a gap below 1 %.
    ///
    /// M. Sundararajan, A. Taly and Q. Yan, "Axiomatic Attribution for Deep Networks", 2017, arXiv:1703.01365.
    case integratedGradients(steps: Int = 64, baseline: SaliencyBaseline = .zero)
}

/// What integrated gradients begin from.
public enum SaliencyBaseline: Sendable, Hashable {
    /// An input of zeros. It is the blank picture unless the normalisation moves black away from 0.
    case zero
    /// The blank picture, normalised.
    case blank
}

extension Model {
    /// How much each pixel of a picture moves the score of a class. The model is not changed.
    ///
    ///     let saliency = try model.saliency(of: mnist.test.images[7], method: .integratedGradients())
    ///     print(saliency.className, saliency.map[14, 14])
    /// - Parameters:
    ///   - label: The class, `0..<classes`; nil for the one that is predicted.
    ///   - score: Which number of the class.
    /// - Throws: `InputError` if the picture has another size than the network's input; `ExplanationError` if a number is out of
    ///   range.
    public func saliency(
        of image: Image, class label: Int? = nil, method: SaliencyMethod = .gradient,
        score: ExplainedScore = .logit
    ) throws -> Saliency {
        try saliency(of: image, class: label, methods: [method], score: score)[0]
    }

    /// The same by several methods, in their order; what they share is computed once.
    /// - Parameters:
    ///   - label: The class, `0..<classes`; nil for the one that is predicted.
    ///   - score: Which number of the class.
    /// - Throws: `InputError` if the picture has another size than the network's input; `ExplanationError` if a number is out of
    ///   range.
    public func saliency(
        of image: Image, class label: Int? = nil, methods: [SaliencyMethod],
        score: ExplainedScore = .logit
    ) throws -> [Saliency] {
        try saliency(
            of: image, class: label, methods: methods, score: score, by: plan(for: methods))
    }

    /// How much each pixel of several images moves the score of a class of each; the network is made ready once.
    /// - Throws: As for one image.
    package func saliency(
        of images: [(image: Image, label: Int)], method: SaliencyMethod, score: ExplainedScore
    ) throws -> [Saliency] {
        let plan = try plan(for: [method])
        return try images.map {
            try saliency(of: $0.image, class: $0.label, methods: [method], score: score, by: plan)[0]
        }
    }

    /// - Throws: `ExplanationError` if there cannot be as many steps as a method asks for.
    private func plan(for methods: [SaliencyMethod]) throws(ExplanationError) -> ExplanationPlan {
        var capacity = 1
        for case .integratedGradients(let steps, _) in methods {
            guard (1...IntegratedGradients.largestSteps).contains(steps) else {
                throw .stepsOutOfRange(steps)
            }
            capacity = IntegratedGradients.batchSize
        }
        return ExplanationPlan(self, capacity: capacity)
    }

    private func saliency(
        of image: Image, class label: Int?, methods: [SaliencyMethod], score: ExplainedScore,
        by plan: ExplanationPlan
    ) throws -> [Saliency] {
        let explainer = try Explainer(self, image, label: label, score: score, plan: plan)
        let number = explainer.explain([explainer.input])[0]
        let gradient = explainer.inputGradient(0)
        return methods.map { method in
            let values: [Float]
            var completeness: Saliency.Completeness?
            switch method {
            case .gradient:
                values = gradient
            case .gradientTimesInput:
                values = zip(gradient, explainer.input).map { $0 * $1 }
            case .integratedGradients(let steps, let baseline):
                let start = input(of: baseline, like: image)
                values = IntegratedGradients(explainer, from: start).attributions(steps: steps)
                completeness = Saliency.Completeness(
                    attributed: values.reduce(0) { $0 + Double($1) },
                    scoreDifference: Double(number) - Double(explainer.explain([start])[0]))
            }
            return Saliency(
                method: method, label: explainer.label, className: information.classNames[explainer.label],
                scoreKind: score, score: number,
                map: PixelMap(summing: values, of: image.shape),
                completeness: completeness)
        }
    }

    private func input(of baseline: SaliencyBaseline, like image: Image) -> [Float] {
        switch baseline {
        case .zero: Array(repeating: 0, count: image.pixels.count)
        case .blank:
            normalization(
                Image(shape: image.shape, pixels: Array(repeating: 0, count: image.pixels.count)))
        }
    }
}

extension PixelMap {
    /// For each pixel the sum over its channels.
    /// - Parameter values: `[height][width][channels]`.
    fileprivate init(summing values: [Float], of shape: ImageShape) {
        let pixels =
            shape.channels == 1
            ? values
            : stride(from: 0, to: values.count, by: shape.channels).map { start in
                values[start..<start + shape.channels].reduce(0, +)
            }
        self.init(height: shape.height, width: shape.width, values: pixels)
    }
}
