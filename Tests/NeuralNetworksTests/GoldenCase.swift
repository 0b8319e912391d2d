import NetworkTestSupport

extension GoldenFile {
    /// The settings of one case; each kind of case has some of them.
    struct Case: Decodable {
        /// How far Keras's own float32 run is from its float64 run, and the tensor's largest absolute value.
        struct Difference: Decodable {
            let difference: Double
            let largest: Double
        }

        let name: String
        let layer: String?
        let inputShape: [Int]?
        let filters: Int?
        let kernelSize: [Int]?
        let strides: [Int]?
        let padding: String?
        let useBias: Bool?
        let poolSize: [Int]?
        let mode: String?
        let momentum: Float?
        let epsilon: Float?
        let units: Int?
        let activation: String?
        let negativeSlope: Float?
        let fromLogits: Bool?
        let labelSmoothing: Float?
        let shape: [Int]?
        let parameters: Int?
        let float32Difference: [String: Difference]?
    }

    /// Opens a file of this target, by its name without the extension.
    init(_ name: String) throws { try self.init(name, in: .module) }

    /// The settings of all cases.
    var cases: [Case] {
        get throws { try decodedCases() }
    }
}
