import Datasets
import DigitRecognition
import Testing
import TrainingRuns

/// What a run is asked for.
struct RunSettingsTests {
    private let dataset = SyntheticSource(trainingCount: 8, testCount: 8).description

    @Test func settingsBeginWithTheRecipes() {
        let settings = RunSettings(recipe: .ensemble, dataset: dataset, seed: 7, threads: 1)
        #expect(settings.configuration == Recipe.ensemble.configuration)
        #expect(settings.normalization == .unitRange && settings.members == 6 && settings.seed == 7)
        #expect(settings.augmentations == [.standard] && settings.augments)
    }

    @Test func theFirstAugmentationIsTheConfigurations() {
        var settings = RunSettings(recipe: .fast, dataset: dataset)
        settings.augmentations = [.standard, .none]
        #expect(settings.configuration.augmentation == .standard)
        settings.configuration.augmentation = .none
        #expect(settings.augmentations == [.none, .none] && !settings.augments)
    }
}
