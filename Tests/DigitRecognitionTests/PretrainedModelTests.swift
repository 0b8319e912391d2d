import DataTestSupport
import DigitRecognition
import Foundation
import TestSupport
import Testing

/// The models that come with the package.
struct PretrainedModelTests {
    @Test(arguments: PretrainedModel.all.map(\.name))
    func eachIsWhatItsNameSays(name: String) throws {
        let shipped = try #require(PretrainedModel.named(name))
        let model = shipped.model()
        #expect(shipped.byteCount < 1_000_000)
        #expect(shipped.description == name && !shipped.summary.isEmpty)
        #expect(model.information.recipe == name)
        #expect(model.network.description == Recipe.named(name)?.network)
        #expect(model.information.dataset?.name == "mnist")
        #expect(model.information.classNames == (0...9).map(String.init))
        let record = try #require(model.information.accuracy)
        #expect(record.split == "test" && record.count == 10_000)
        // Both are new.
        #expect(shipped.model() !== model)
    }

    @Test func theUsualOneIsFirst() {
        #expect(PretrainedModel.all.map(\.name) == ["accurate", "tiny", "reader"])
        #expect(PretrainedModel.named("Accurate") == nil)
    }

    @Test func tinyIsTiny() {
        #expect(PretrainedModel.tiny.model().network.layout.parameterCount < 10_000)
        #expect(PretrainedModel.tiny.byteCount < 60_000)
    }

    @Test func aRecognizerReadsAsItsModel() throws {
        let images = try drawnDigits(20)
        let model = PretrainedModel.tiny.model()
        let recognizer = DigitRecognizer.pretrained(.tiny, threads: 2)
        #expect(recognizer.information == model.information)
        #expect(try recognizer.read(Array(images.images)) == model.predict(images.images))
        #expect(try recognizer.read(images.images[3]) == model.predict(images.images[3]))
        #expect(
            DigitRecognizer.pretrained().information == PretrainedModel.accurate.model().information)

        let folder = try TemporaryFolder()
        try model.save(to: folder.file("model.safetensors"))
        let read = try DigitRecognizer(contentsOf: folder.file("model.safetensors"))
        #expect(try read.read(images.images[3]) == model.predict(images.images[3]))
        #expect(throws: InputError.self) { try read.read(drawnDigits(1, size: 20).images[0]) }
        #expect(throws: ModelFileError.self) { try DigitRecognizer(contentsOf: "/no/such/file") }
    }

    @Test(
        .enabled(if: RealData.isThere, RealData.skipped),
        arguments: PretrainedModel.all.map(\.name))
    func recordedAccuraciesAreTrue(name: String) async throws {
        let model = try #require(PretrainedModel.named(name)).model()
        let test = try await MNIST.load(.test, from: RealData.folder)
        let correct = Int((try model.evaluate(test).accuracy * 10_000).rounded())
        // Another instruction set rounds differently; a picture or two on the edge may fall to the other side.
        #expect(abs(correct - (try #require(model.information.accuracy)).correct) <= 3)
    }
}
