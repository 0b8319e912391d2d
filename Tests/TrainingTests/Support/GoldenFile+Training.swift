import Compute
import NetworkTestSupport

extension GoldenFile {
    /// Keras's values of training features: see Utilities/ReferenceImplementations/golden_training.py.
    static func training() throws -> GoldenFile { try GoldenFile("training", in: .module) }

    /// Its 24 pictures of 6×6 pixels, in four classes.
    func images() throws -> SampleImages {
        SampleImages([6, 6, 1], inputs: try rows("images"), labels: try integers("labels"))
    }
}
