import Imaging

extension Recipe {
    /// Six networks of the recipe `accurate`, averaged, that have seen pictures distorted to three degrees: six times the work in
    /// training and in use.
    ///
    /// Networks that were trained alike make the same mistakes. One whose pictures are distorted less makes as many, but other ones,
    /// so that the mean makes fewer.
    public static let ensemble = Recipe(
        name: "ensemble",
        summary:
            "the average of 6 networks of the recipe accurate, whose pictures are distorted to three degrees",
        network: accurate.network, members: 6, normalization: accurate.normalization,
        augmentations: [
            .standard,
            Augmentation(
                rotation: 8, scale: 0.08, shear: 8, shift: 1.5, elasticity: 0.5, thickness: 0.2),
            Augmentation(rotation: 8, scale: 0.08, shear: 8, shift: 1.5),
        ],
        optimizer: accurate.optimizer, schedule: accurate.schedule,
        loss: accurate.loss, labelSmoothing: accurate.labelSmoothing, emaMomentum: accurate.emaMomentum,
        epochs: accurate.epochs, batchSize: accurate.batchSize)
}
