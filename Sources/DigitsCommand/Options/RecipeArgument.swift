import ArgumentParser
import DigitRecognition

extension Recipe {
    /// The names that help and messages list.
    static let names = all.map(\.name)

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
