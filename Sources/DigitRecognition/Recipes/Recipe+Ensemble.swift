extension Recipe {
    /// Ten networks of the recipe `accurate`, averaged: ten times the work in training and in use.
    public static let ensemble = Recipe(
        name: "ensemble",
        summary: "the average of 10 networks of the recipe accurate",
        network: accurate.network, members: 10, normalization: accurate.normalization,
        augmentation: accurate.augmentation, optimizer: accurate.optimizer, schedule: accurate.schedule,
        loss: accurate.loss, labelSmoothing: accurate.labelSmoothing, emaMomentum: accurate.emaMomentum,
        epochs: accurate.epochs, batchSize: accurate.batchSize)
}
