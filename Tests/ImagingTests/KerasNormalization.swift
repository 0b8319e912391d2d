/// Figures of Keras's `normalize(x, axis:)` on `[1, height, width]`; written by
/// `Utilities/ReferenceImplementations/normalization.py`.
struct KerasNormalization: Sendable {
    let height: Int
    let width: Int
    let axis: Int
    /// Some elements, by their index in the picture.
    let figures: [Int: Float]

    static let cases = [
        KerasNormalization(
            height: 28, width: 28, axis: 1,
            figures: [
                0: 0.0, 1: 0.07147544, 27: 0.37212983, 28: 0.038153272, 261: 0.30772606, 392: 0.29693198,
                782: 0.02241272, 783: 0.083037235,
            ]),
        KerasNormalization(
            height: 28, width: 28, axis: 2,
            figures: [
                0: 0.0, 1: 0.07082736, 27: 0.35708794, 28: 0.031090649, 261: 0.2898191, 392: 0.25695908,
                782: 0.025665268, 783: 0.08152497,
            ]),
        KerasNormalization(
            height: 7, width: 19, axis: 1,
            figures: [
                0: 0.0, 1: 0.15057309, 18: 0.60431856, 19: 0.70329505, 44: 0.26986015, 66: 0.4288218,
                131: 0.6743691, 132: 0.113538645,
            ]),
        KerasNormalization(
            height: 7, width: 19, axis: 2,
            figures: [
                0: 0.0, 1: 0.08940485, 18: 0.30732918, 19: 0.34661937, 44: 0.16710918, 66: 0.28232715,
                131: 0.392129, 132: 0.048623998,
            ]),
    ]
}
