import Compute
import Datasets
import Imaging
import ModelFormats
import NeuralNetworks
import PictureReading
import ReaderTraining
import Training

/// What training sees: labelled images, prepared digits among them and outliers behind them, as the settings ask for.
struct TrainingImages {
    let source: any BatchSource

    /// Outliers for each image.
    private static let outlierShare = 5.0 / 16

    /// - Throws: `TrainingError` if outliers or scenes are asked for with images of something else than digits.
    init(
        _ images: LabeledImages, _ normalization: Normalization, _ configuration: TrainingConfiguration,
        seed: UInt64, threads: Int, kernels: Kernels
    ) throws(TrainingError) {
        var all = images
        var firstOutlier: Int?
        if configuration.scenes > 0 || configuration.outlierExposure > 0, images.count > 0 {
            guard images.images.shape == DigitImage.shape,
                images.classNames == DigitImage.classNames
            else {
                throw .notDigits(images: Shape(images.images.shape), classes: images.classNames)
            }
            let prepared = PreparedDigits(images: images.images, labels: images.labels, seed: seed)
            let digits = prepared.digits(0..<configuration.scenes, threads: threads)
            all = all.appending(digits.map(\.image), labels: digits.map(\.label))
            if configuration.outlierExposure > 0 {
                let count = Int((Double(all.count) * Self.outlierShare).rounded(.up))
                let outliers = prepared.outliers(0..<count, threads: threads)
                firstOutlier = all.count
                // The label is not asked for.
                all = all.appending(outliers, labels: outliers.map { _ in 0 })
            }
        }
        let source = Self.source(all, normalization, configuration, seed: seed, kernels: kernels)
        self.source =
            firstOutlier.map {
                ExposedImages(
                    all: source, firstOutlier: $0, weight: configuration.outlierExposure,
                    classCount: images.classNames.count)
            } ?? source
    }

    private static func source(
        _ images: LabeledImages, _ normalization: Normalization, _ configuration: TrainingConfiguration,
        seed: UInt64, kernels: Kernels
    ) -> any BatchSource {
        guard configuration.augmentation != .none else {
            return NormalizedImages(images: images, normalization: normalization)
        }
        return AugmentedImages(
            images, normalization: normalization, augmentation: configuration.augmentation,
            lastAugmentedEpoch: configuration.lastDistortedEpoch, seed: seed, kernels: kernels)
    }
}
