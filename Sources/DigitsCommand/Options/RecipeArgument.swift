import ArgumentParser
import DigitRecognition

extension Recipe {
    /// The names that help and messages list.
    static let names = all.map(\.name)

    /// A setting of every recipe: `5` where they agree, else `l2 for notebook; unit-range for lenet5, fast`.
    static func texts(_ setting: (Recipe) -> String) -> String {
        var groups: [(text: String, names: [String])] = []
        for recipe in all {
            let text = setting(recipe)
            if let group = groups.firstIndex(where: { $0.text == text }) {
                groups[group].names.append(recipe.name)
            } else {
                groups.append((text, [recipe.name]))
            }
        }
        if groups.count == 1 { return groups[0].text }
        return groups.map { "\($0.text) for \($0.names.joined(separator: ", "))" }.joined(separator: "; ")
    }

    /// The same for a setting of training.
    static func texts(_ property: PartialKeyPath<TrainingConfiguration>) -> String {
        let setting = TrainingConfiguration.setting(property)
        return texts { setting.plainText(in: $0.configuration) }
    }

    /// The recipe that somebody typed.
    /// - Throws: `ValidationError` that suggests the nearest name.
    static func typed(_ name: String) throws -> Recipe {
        guard let recipe = named(name) else {
            throw ValidationError(NearestName.unknown("recipe", name, among: names))
        }
        return recipe
    }
}
