import ArgumentParser
import DigitRecognition

extension Recipe {
    /// The names that help and messages list.
    static let names = all.map(\.name)

    /// A setting of every recipe: `5` where they agree, else `l2 for notebook, unit-range for lenet5`.
    static func texts(_ setting: (Recipe) -> String) -> String {
        let texts = all.map(setting)
        if Set(texts).count == 1 { return texts[0] }
        return zip(texts, names).map { "\($0) for \($1)" }.joined(separator: ", ")
    }

    /// The recipe that somebody typed.
    /// - Throws: `ValidationError` that suggests the nearest name.
    static func typed(_ name: String) throws -> Recipe {
        guard let recipe = named(name) else {
            throw ValidationError(NearestName.unknown("recipe", name, among: names))
        }
        return recipe
    }

    /// The size of the inputs that every recipe is written for.
    static let inputShape: Shape = [28, 28, 1]

    /// A model with fresh parameters.
    func makeModel(seed: UInt64, classNames: [String]) throws(ShapeError) -> Model {
        try Model(network, input: Self.inputShape, seed: seed, classNames: classNames)
    }
}
