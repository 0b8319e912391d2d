package import Imaging

extension Predictor {
    /// The mean of what the model makes of several views of one digit.
    /// - Precondition: There is a view.
    package func prediction(ofViews views: [Image]) throws(InputError) -> Prediction {
        precondition(!views.isEmpty, "A digit is seen in one view at least.")
        let all = try predict(views)
        let probabilities = all[0].probabilities.indices.map { index in
            all.reduce(0) { $0 + $1.probabilities[index] } / Float(all.count)
        }
        return Prediction(probabilities: probabilities, classNames: all[0].classNames)
    }
}
