import ArgumentParser
import Assessment
import Datasets
import DigitRecognition

/// Reads what somebody typed as an option's value. What cannot be read is answered with what was expected.
enum TypedValue {
    /// The number of a picture.
    static func index(_ text: String) throws(ValidationError) -> Int {
        guard let index = Int(text), index >= 0 else { throw expected("one whole number from 0") }
        return index
    }

    /// The numbers of pictures.
    static func pictures(_ text: String) throws(ValidationError) -> PictureNumbers {
        guard let numbers = PictureNumbers(text) else {
            throw expected("a whole number from 0, or several such as 0-99 or 3,7,42")
        }
        return numbers
    }

    /// A whole number; its range is the option's affair.
    static func wholeNumber(_ text: String) throws(ValidationError) -> Int {
        guard let number = Int(text) else { throw expected("a whole number") }
        return number
    }

    /// A number that may have decimals, written with a point; its range is the option's affair.
    static func number<Number: LosslessStringConvertible>(_ text: String) throws(ValidationError) -> Number {
        guard let number = Number(text) else { throw expected("a number such as 0.01") }
        return number
    }

    /// How many digits: `5` or `4-6`.
    static func lengths(_ text: String) throws(ValidationError) -> ClosedRange<Int> {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(ends.count), let first = ends.first ?? nil, let last = ends.last ?? nil,
            1 <= first, first <= last
        else { throw expected("a number of digits such as 5, or two such as 4-6") }
        return first...last
    }

    /// The start of random numbers.
    static func seed(_ text: String) throws(ValidationError) -> UInt64 {
        guard let seed = UInt64(text) else { throw expected("a whole number from 0 to \(UInt64.max)") }
        return seed
    }

    /// Rows and columns.
    static func grid(_ text: String) throws(ValidationError) -> GridSize {
        guard let grid = GridSize(text) else {
            throw expected("rows×columns such as 4x8, each at least 1 and at most \(GridSize.limit)")
        }
        return grid
    }

    /// A part of a data set.
    static func split(_ text: String) throws(ValidationError) -> DatasetSplit {
        guard let split = DatasetSplit(rawValue: text) else {
            throw expected(text, among: splitNames)
        }
        return split
    }

    /// A normalisation.
    static func normalization(_ text: String) throws(ValidationError) -> Normalization {
        guard let normalization = Normalization(text) else {
            throw expected(text, among: Normalization.textForms)
        }
        return normalization
    }

    /// One of MNIST-C's corruptions.
    static func corruption(_ text: String) throws(ValidationError) -> CommonCorruption {
        guard let corruption = CommonCorruption(rawValue: text) else {
            throw expected(text, among: CommonCorruption.allCases.map(\.rawValue))
        }
        return corruption
    }

    /// Distortions of pictures; whether their amounts are possible is the augmentation's affair.
    static func augmentation(_ text: String) throws(ValidationError) -> Augmentation {
        guard let augmentation = Augmentation(text) else {
            throw expected(augmentationForms)
        }
        return augmentation
    }

    /// Distortions for members of an ensemble to take turns.
    static func augmentations(_ text: String) throws(ValidationError) -> [Augmentation] {
        var augmentations: [Augmentation] = []
        for part in text.split(separator: "/", omittingEmptySubsequences: false) {
            augmentations.append(try augmentation(String(part)))
        }
        return augmentations
    }

    /// What can be typed for an augmentation.
    static let augmentationForms =
        "none, standard, or amounts of \(Augmentation.names.joined(separator: ", ")), as in "
        + Augmentation.textForms.last!

    /// The name of an optimiser.
    static func optimizer(_ text: String) throws(ValidationError) -> Optimizer.Kind {
        guard let kind = Optimizer.Kind(rawValue: text.lowercased()) else {
            throw expected(text, among: optimizerNames)
        }
        return kind
    }

    /// The names of all optimisers.
    static let optimizerNames = Optimizer.Kind.allCases.map(\.rawValue)

    /// The name of a loss, also as Keras writes it: `categorical_crossentropy`, `mse`.
    static func loss(_ text: String) throws(ValidationError) -> Loss {
        let letters = text.lowercased().filter { $0 != "_" && $0 != "-" }
        if letters == "mse" { return .meanSquaredError }
        guard let loss = losses.first(where: { $0.rawValue.lowercased() == letters }) else {
            throw expected(text, among: losses.map(\.rawValue))
        }
        return loss
    }

    /// Those for networks that end in a softmax, as those of all recipes do.
    static let losses: [Loss] = [.sparseCategoricalCrossentropy, .categoricalCrossentropy, .meanSquaredError]

    /// A schedule of the learning rate; whether its figures make sense is the schedule's affair.
    static func schedule(_ text: String) throws(ValidationError) -> LearningRateSchedule {
        if let schedule = LearningRateSchedule(text) { return schedule }
        let forms = LearningRateSchedule.textForms
        let name = String(text.prefix { $0 != ":" && $0 != "," })
        if let form = forms.first(where: { $0.prefix { $0 != ":" } == name }) {
            throw expected("something such as \(form) or \(form),warm-up:1")
        }
        throw expected(text, among: forms)
    }

    /// A time: `60s`, `500ms`, `1.5min`, `1h`, or seconds without a unit.
    static func duration(_ text: String) throws(ValidationError) -> Duration {
        let units = [("ms", 0.001), ("min", 60), ("s", 1), ("m", 60), ("h", 3600), ("", 1.0)]
        // A year: longer is a slip, and far longer is no duration at all.
        let longest = 366 * 24 * 3600.0
        let (unit, factor) = units.first { text.hasSuffix($0.0) }!
        guard let number = Double(text.dropLast(unit.count)), number * factor <= longest, number > 0 else {
            throw expected("a time above 0 such as 60s, 1.5min or 1h")
        }
        return .seconds(number * factor)
    }

    /// The names of a data set's parts.
    static let splitNames = DatasetSplit.allCases.map(\.rawValue)

    private static func expected(_ text: String) -> ValidationError { ValidationError("expected \(text)") }

    private static func expected(_ typed: String, among names: [String]) -> ValidationError {
        if let name = NearestName.suggestion(for: typed, among: names) {
            return ValidationError("did you mean '\(name)'?")
        }
        return expected("one of \(names.joined(separator: ", "))")
    }
}
