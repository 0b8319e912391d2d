import DigitRecognition

/// Handwritten digits, 255 being full ink, that pictures are made of.
enum DigitStamp {
    /// The same ones always.
    static func images() async throws -> [Image] {
        Array(
            try await SyntheticSource(seed: 1, trainingCount: 40, testCount: 1).load(progress: nil).train
                .images)
    }
}
