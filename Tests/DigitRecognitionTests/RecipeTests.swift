import DigitRecognition
import Testing

/// The recipes are what their names promise.
struct RecipeTests {
    @Test(arguments: [("notebook", 81_066), ("lenet5", 44_426)])
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
        #expect(recipe.optimizer == .adam(learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7))
        #expect(recipe.loss == .sparseCategoricalCrossentropy)
        #expect(recipe.epochs == 5 && recipe.batchSize == 32)
        #expect(
            recipe.network.layerNames == [
                "conv1", "maxpool1", "conv2", "maxpool2", "conv3", "maxpool3", "flatten1", "dense1", "dense2",
                "dense3",
            ])
    }

    @Test func namesAreUniqueAndUnknownOnesHaveNoRecipe() {
        #expect(Set(Recipe.all.map(\.name)).count == Recipe.all.count)
        for recipe in Recipe.all { #expect(Recipe.named(recipe.name)?.network == recipe.network) }
        #expect(Recipe.named("notebok") == nil)
        #expect(Recipe.named("") == nil)
    }
}
