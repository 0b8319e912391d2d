/// Whether ink is darker than its ground.
public enum InkColor: String, Sendable, Hashable, Codable, CaseIterable {
    /// A pen on paper.
    case dark
    /// Chalk on a blackboard, or MNIST as it is shown.
    case light
}
