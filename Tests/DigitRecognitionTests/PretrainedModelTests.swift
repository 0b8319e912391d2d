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

    @Test func aRecognizerRefusesWhatHasNoInkOrIsDarkOnLight() throws {
        let recognizer = DigitRecognizer.pretrained(.tiny)
        let digits = Array(try drawnDigits(20).images)
        func image(_ pixels: [UInt8]) -> Image { Image(height: 28, width: 28, pixels: pixels) }
        for ground: UInt8 in [0, 100, 255] {
            let blank = image((0..<784).map { ground - min(ground, UInt8($0 % 31)) })
            #expect(throws: InputError.blank(sample: 0)) { try recognizer.read(blank) }
            #expect(throws: InputError.blank(sample: 2)) {
                try recognizer.read([digits[0], digits[1], blank])
            }
        }
        for digit in digits {
            #expect(throws: Never.self) { try recognizer.read(digit) }
            let error = #expect(throws: InputError.self) { try recognizer.read(digit.negative) }
            #expect(
                error?.description
                    == "Image 0 is dark on light, but the network reads light ink on a dark ground, as MNIST has it; invert "
                    + "it, or use DigitReader, which reads any picture.")
            // Grey ink on a ground that is not quite white.
            let faint = image(digit.pixels.map { 200 - $0 / 4 })
            #expect(throws: InputError.darkOnLight(sample: 0)) { try recognizer.read(faint) }
            // The model itself answers.
            #expect(throws: Never.self) { try recognizer.predictor.predict(digit.negative) }
        }
    }

    /// Whatever people wrote has ink, and light ink.
    @Test(.enabled(if: RealData.isThere, RealData.skipped))
    func aRecognizerRefusesNoDigitOfMNIST() async throws {
        let test = try await MNIST.load(.test, from: RealData.folder)
        let recognizer = DigitRecognizer.pretrained(.tiny, threads: 2)
        #expect(try recognizer.read(Array(test.images)).count == test.count)
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
