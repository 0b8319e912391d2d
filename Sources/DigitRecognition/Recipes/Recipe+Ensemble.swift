extension Recipe {
    /// Six networks of the recipe `accurate`, averaged: six times the work in training and in use.
    public static let ensemble = Recipe(
        name: "ensemble", summary: "the average of 6 networks of the recipe accurate",
        network: accurate.network, members: 6, normalization: accurate.normalization,
        augmentation: accurate.augmentation, closingFraction: accurate.closingFraction,
        optimizer: accurate.optimizer, schedule: accurate.schedule, loss: accurate.loss,
        labelSmoothing: accurate.labelSmoothing, emaMomentum: accurate.emaMomentum, epochs: accurate.epochs,
        batchSize: accurate.batchSize)
}
