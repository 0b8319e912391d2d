extension Recipe {
    /// Five networks of the recipe `accurate`, averaged: five times the work in training and in use. More members gain nothing.
    public static let ensemble = Recipe(
        name: "ensemble",
        summary: "the average of 5 networks of the recipe accurate",
        network: accurate.network, members: 5, normalization: accurate.normalization,
        augmentation: accurate.augmentation, optimizer: accurate.optimizer, schedule: accurate.schedule,
        loss: accurate.loss, labelSmoothing: accurate.labelSmoothing, emaMomentum: accurate.emaMomentum,
        epochs: accurate.epochs, batchSize: accurate.batchSize)
}
