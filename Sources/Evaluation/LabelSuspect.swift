import Compute

/// A sample whose label may be wrong: the model contradicts it, with certainty, however the picture is moved.
///
/// The model is asked about several views of one sample: the picture as it is, then shifted or turned by so little that
/// its class stays. A sample is a suspect if the model takes the first view for another class than the label. Let g be that
/// class, y the label, and p(v, c) the probability of class c in view v:
///
///     agreement = share of the views that are taken for g        0…1
///     margin    = mean over the views of p(v, g) - p(v, y)      -1…1
///     score     = agreement · max(0, margin)                     0…1
///
/// The score is 1 if every view is taken for g with certainty, and falls with every doubt and every view that is taken for
/// something else. The margin is the one by which confident learning ranks labels, here over several views. No model
/// proves a label wrong: a suspect is for somebody to look at.
///
/// C. Northcutt, L. Jiang, I. Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels", 2021,
/// doi:10.1613/jair.1.12125.
public struct LabelSuspect: Sendable, Hashable {
    /// The score from which on a label is worth a look, unless said otherwise.
    public static let usualThreshold = 0.5

    /// What a model makes of several views of one sample.
    public struct ViewedSample: Sendable, Hashable {
        /// The sample's index, which its suspect will have.
        public let sample: Int
        /// Its label.
        public let label: Int
        /// For each view the probability of each class; the first view is the picture as it is.
        public let views: [[Float]]

        /// Keeps what a model makes of a sample.
        public init(sample: Int, label: Int, views: [[Float]]) {
            self.sample = sample
            self.label = label
            self.views = views
        }
    }

    /// The sample's index.
    public let sample: Int
    /// Its label.
    public let label: Int
    /// What the model takes the first view for.
    public let predicted: Int
    /// The share of the views that are taken for `predicted`, above 0 and up to 1.
    public let agreement: Double
    /// The mean over the views of the probability of `predicted` less that of the label, -1…1.
    public let margin: Double

    /// How suspicious the label is, 0…1.
    public var score: Double { agreement * max(0, margin) }

    /// Judges one sample; nil if the model agrees with the label.
    /// - Throws: `EvaluationError` if there are no views, the label does not exist, or a view has no probabilities.
    public init?(_ viewed: ViewedSample) throws(EvaluationError) {
        guard let first = viewed.views.first else { throw .noSamples }
        guard !first.isEmpty else { throw .noClasses }
        guard first.indices.contains(viewed.label) else {
            throw .classOutOfRange(class: viewed.label, sample: viewed.sample, classCount: first.count)
        }
        for view in viewed.views { try view.checkProbabilities(of: viewed.sample, classCount: first.count) }
        let predicted = first.argmax
        if predicted == viewed.label { return nil }

        let count = Double(viewed.views.count)
        sample = viewed.sample
        label = viewed.label
        self.predicted = predicted
        agreement = Double(viewed.views.count { $0.argmax == predicted }) / count
        margin = viewed.views.reduce(0) { $0 + Double($1[predicted]) - Double($1[viewed.label]) } / count
    }

    /// The suspects among samples, the highest score first, of equals the lower index.
    /// - Parameters:
    ///   - samples: What a model makes of each sample; those that it recognises may be left out.
    ///   - threshold: The lowest score of the list, 0…1; with 0 it has every mistake.
    /// - Throws: `EvaluationError` if a sample has no views, its label does not exist, or a view has no probabilities.
    public static func ranked(
        _ samples: [ViewedSample], threshold: Double = usualThreshold
    ) throws(EvaluationError) -> [LabelSuspect] {
        var suspects: [LabelSuspect] = []
        for viewed in samples {
            if let suspect = try LabelSuspect(viewed), suspect.score >= threshold { suspects.append(suspect) }
        }
        return suspects.sorted { ($1.score, $0.sample) < ($0.score, $1.sample) }
    }
}
