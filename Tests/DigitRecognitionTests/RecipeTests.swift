import DataTestSupport
import DigitRecognition
import NetworkTestSupport
import Testing

/// The recipes are what their names promise.
struct RecipeTests {
    @Test(arguments: [
        ("notebook", 81_066), ("lenet5", 44_426), ("fast", 29_082), ("accurate", 144_938),
        ("ensemble", 144_938),
        ("tiny", 9_826), ("reader", 214_250),
    ])
    func recipesHaveTheKnownNumberOfParameters(name: String, count: Int) throws {
        let recipe = try #require(Recipe.named(name))
        let model = try Model(recipe.network, input: [28, 28, 1])
        #expect(model.network.layout.parameterCount == count)
        #expect(model.network.outputShape == [10])
        #expect(recipe.name == name)
        #expect(!recipe.summary.isEmpty)
    }

    @Test func theNotebooksRecipeHasTheNotebooksSettings() {
        let recipe = Recipe.notebook
        #expect(recipe.normalization == .l2(axis: 1))
        #expect(
            recipe.configuration.optimizer
                == .adam(learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7))
        #expect(recipe.configuration.loss == .sparseCategoricalCrossentropy)
        #expect(recipe.configuration.epochs == 5 && recipe.configuration.batchSize == 32)
        #expect(recipe.configuration.augmentation == .none && recipe.configuration.schedule == .constant)
        #expect(
            recipe.configuration.labelSmoothing == 0 && recipe.configuration.emaMomentum == 0
                && recipe.members == 1)
        #expect(
            recipe.network.layerNames == [
                "conv1", "maxpool1", "conv2", "maxpool2", "conv3", "maxpool3", "flatten1", "dense1", "dense2",
                "dense3",
            ])
    }

    @Test func namesAreUniqueAndUnknownOnesHaveNoRecipe() {
        #expect(
            Recipe.all.map(\.name) == [
                "notebook", "lenet5", "fast", "accurate", "ensemble", "tiny", "reader",
            ])
        for recipe in Recipe.all { #expect(Recipe.named(recipe.name)?.network == recipe.network) }
        #expect(Recipe.named("notebok") == nil)
        #expect(Recipe.named("") == nil)
    }

    /// Convolution, max-pool, batch normalisation, ReLU: then the gradient of the convolution stays sparse.
    @Test(arguments: ["fast", "accurate", "tiny", "reader"])
    func batchNormalisationComesAfterThePool(name: String) throws {
        let names = try #require(Recipe.named(name)).network.layerNames.map { $0.filter { !$0.isNumber } }
        for (index, name) in names.enumerated() {
            if name == "maxpool" { #expect(names[index - 1] == "conv" && names[index + 1] == "batchnorm") }
            if name == "batchnorm" { #expect(names[index + 1] == "activation") }
        }
        #expect(names.contains("maxpool") && names.contains("batchnorm"))
    }

    @Test func augmentationsAreInTheirRange() {
        for recipe in Recipe.all {
            #expect(recipe.configuration.augmentation.fault == nil)
            #expect((0..<1).contains(recipe.configuration.closingFraction))
        }
    }

    @Test func tinyHasUnderTenThousandParameters() throws {
        let model = try Model(Recipe.tiny.network, input: [28, 28, 1])
        #expect(model.network.layout.parameterCount < 10_000)
    }

    @Test func theEnsemblesMembersAreAccurateOnes() {
        #expect(Recipe.ensemble.members > 1)
        #expect(Recipe.ensemble.network == Recipe.accurate.network)
        #expect(Recipe.ensemble.configuration.epochs == Recipe.accurate.configuration.epochs)
        #expect(
            Recipe.ensemble.configuration.closingFraction == Recipe.accurate.configuration.closingFraction)
        #expect(Recipe.ensemble.configuration.augmentation == Recipe.accurate.configuration.augmentation)
    }

    @Test func aRecipeTrainsAModelAsFitDoes() throws {
        let images = try drawnDigits(200)
        let recipe = Recipe.fast
        let trained = try recipe.train(on: images, seed: 4, threads: 2)
        let model = try Model(recipe.network, input: [28, 28, 1], seed: 4)
        try model.fit(
            images, normalization: recipe.normalization, configuration: recipe.configuration)
        #expect(trained.network.bits == model.network.bits)
        #expect(trained.information.recipe == "fast" && trained.information.seed == 4)
    }
}
