/// The computation of `SaliencyMethod.integratedGradients`.
///
/// The way from the baseline to the picture is cut into parts, and each part's gradient is taken in its middle. How far off
/// that is, is known: the gradient's integral along a part is the difference of the scores at its ends. Where ReLUs and
/// maxima switch, the gradient jumps, so that most of the error lies in few parts. The worst part is cut into three until
/// the steps are used up; its middle becomes the middle third's, so that a cut costs two steps.
struct IntegratedGradients {
    /// The most steps that make sense: float32 gains nothing from more.
    static let largestSteps = 10_000
    /// Points of the way that are computed at a time.
    static let batchSize = 4

    private let explainer: Explainer
    private let baseline: [Float]
    private let difference: [Float]

    /// - Parameter baseline: Normalised, `[height][width][channels]`, as the explainer's picture, to which the way leads.
    init(_ explainer: Explainer, from baseline: [Float]) {
        self.explainer = explainer
        self.baseline = baseline
        difference = zip(explainer.input, baseline).map { $0 - $1 }
    }

    /// What each pixel adds to the score on the way, `[height][width][channels]`.
    /// - Parameter steps: The most middles, at least 1.
    func attributions(steps: Int) -> [Float] {
        var parts = evenParts(max(1, steps / 6))
        while parts.count + 2 <= steps {
            let worst = parts.indices.max { parts[$0].error < parts[$1].error }!
            parts.replaceSubrange(worst...worst, with: thirds(of: parts[worst]))
        }
        var mean = [Double](repeating: 0, count: difference.count)
        for part in parts {
            for (index, gradient) in part.gradient.enumerated() {
                mean[index] += part.length * Double(gradient)
            }
        }
        return zip(difference, mean).map { Float(Double($0) * $1) }
    }
}

extension IntegratedGradients {
    /// A place on the way, 0 at the baseline and 1 at the picture, with the score there.
    private typealias Point = (place: Double, score: Float)

    /// A part of the way.
    private struct Part {
        let start: Point
        let end: Point
        /// In the middle, `[height][width][channels]`.
        let gradient: [Float]
        /// By how much the gradient in the middle misses the score's difference.
        let error: Double

        init(start: Point, end: Point, gradient: [Float], along difference: [Float]) {
            self.start = start
            self.end = end
            self.gradient = gradient
            let slope = zip(gradient, difference).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            error = abs((end.place - start.place) * slope - (Double(end.score) - Double(start.score)))
        }

        var length: Double { end.place - start.place }
    }

    private func input(_ place: Double) -> [Float] {
        zip(baseline, difference).map { $0 + Float(place) * $1 }
    }

    private func evenParts(_ count: Int) -> [Part] {
        var start: Point = (0, explainer.explain([input(0)])[0])
        return (1...count).map { index in
            let place = Double(index) / Double(count)
            let scores = explainer.explain([input((start.place + place) / 2), input(place)])
            let end: Point = (place, scores[1])
            defer { start = end }
            return Part(start: start, end: end, gradient: explainer.inputGradient(0), along: difference)
        }
    }

    private func thirds(of part: Part) -> [Part] {
        let (start, end) = (part.start, part.end)
        let places = (start.place + part.length / 3, end.place - part.length / 3)
        let scores = explainer.explain([
            input((start.place + places.0) / 2), input(places.0), input(places.1),
            input((places.1 + end.place) / 2),
        ])
        let first: Point = (places.0, scores[1])
        let second: Point = (places.1, scores[2])
        return [
            Part(start: start, end: first, gradient: explainer.inputGradient(0), along: difference),
            Part(start: first, end: second, gradient: part.gradient, along: difference),
            Part(start: second, end: end, gradient: explainer.inputGradient(3), along: difference),
        ]
    }
}
