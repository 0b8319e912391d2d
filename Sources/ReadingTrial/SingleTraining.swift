import Compute
import Datasets
import DigitRecognition
import Foundation
import Imaging
import NeuralNetworks
import PictureReading
import SyntheticDigits
import Training

struct SingleSource: BatchSource {
    let images: [Image]
    /// 10 is none.
    let labels: [Int]
    let augmenter: Augmenter?
    var count: Int { images.count }
    var inputShape: Shape { [28, 28, 1] }
    func label(of sample: Int) -> Int { labels[sample] % 10 }
    func copyInput(of sample: Int, into destination: inout MutableSpan<Float>) {
        for (i, byte) in images[sample].pixels.enumerated() { destination[i] = Float(byte) / 255 }
    }
    func copyTrainingInput(of sample: Int, epoch: Int, into destination: inout MutableSpan<Float>) {
        guard let augmenter else { return copyInput(of: sample, into: &destination) }
        destination.withUnsafeMutableBufferPointer { inputs in
            images[sample].pixels.withUnsafeBufferPointer {
                augmenter.write($0, sample: sample, epoch: epoch, scale: 1 / 255, into: inputs.baseAddress!)
            }
        }
    }
    func copyTarget(of sample: Int, into destination: inout MutableSpan<Float>) {
        for k in 0..<10 { destination[k] = labels[sample] == 10 ? 0.05 : labels[sample] == k ? 1 : 0 }
    }
}

/// Images of digits as the preparation yields them, with their labels; 10 for what is none.
func singles(_ generator: SceneGenerator, _ count: Int, negatives: Int, flat: LabeledImages?) -> ([Image], [Int]) {
    final class Out: @unchecked Sendable { var all: [(Image, Int)?]; init(_ n: Int) { all = Array(repeating: nil, count: n) } }
    let flatCount = flat?.count ?? 0
    let out = Out(count + negatives + flatCount)
    out.all.withUnsafeMutableBufferPointer { buffer in
        nonisolated(unsafe) let buffer = buffer
        WorkerPool(threads: 2).run(pieces: count + negatives + flatCount) { piece, _ in
            let image: Image
            let label: Int
            if piece < count {
                let scene = generator.scene(piece)
                guard scene.digits.count == 1 else { return }
                (image, label) = (scene.image, scene.digits[0].value)
            } else if piece < count + negatives {
                (image, label) = (generator.negative(piece).image, 10)
            } else {
                let n = piece - count - negatives
                let own = flat!.images[n]
                image = n % 2 == 0 ? own : Image(shape: own.shape, pixels: own.pixels.map { 255 - $0 })
                label = flat!.labels[n]
            }
            guard let ink = InkFinder().ink(of: image), let digit = SingleDigit(in: ink) else { return }
            buffer[piece] = (digit.image, label)
        }
    }
    let all = out.all.compactMap { $0 }
    return (all.map(\.0), all.map(\.1))
}

func trainSingles(_ count: Int, epochs: Int, to path: String) throws {
    let data = try runBlocking { try await MNIST.load(from: URL(fileURLWithPath: "/work/shared/data/mnist")) }
    let digits = SceneDigits(images: data.train.images, labels: data.train.labels)
    let begin = ContinuousClock.now
    let mix: SceneMix = [.plainDigit: 3, .boxedDigit: 2, .examCell: 3, .sudokuCell: 3, .stylus: 1, .blackboard: 1]
    let (images, labels) = singles(
        SceneGenerator(seed: 21, mix: mix, digits: digits, digitCounts: 1...1), count, negatives: count / 3, flat: data.train)
    let valid = singles(
        SceneGenerator(seed: 21, stream: 1, mix: mix, digits: digits, digitCounts: 1...1), 4000, negatives: 1000, flat: nil)
    print(images.count, "images in", ContinuousClock.now - begin); fflush(nil)
    let recipe = Recipe.accurate
    let model = try recipe.makeModel(for: ImageShape(height: 28, width: 28), seed: 7, classNames: (0...9).map(String.init))
    let configuration = TrainingConfiguration {
        $0.optimizer = recipe.configuration.optimizer
        $0.loss = .categoricalCrossentropy
        $0.epochs = epochs
        $0.batchSize = recipe.configuration.batchSize
        $0.schedule = recipe.configuration.schedule
        $0.emaMomentum = recipe.configuration.emaMomentum
        $0.labelSmoothing = recipe.configuration.labelSmoothing
    }
    print(configuration)
    let augmenter = Augmenter(recipe.configuration.augmentation, shape: ImageShape(height: 28, width: 28), seed: 3)
    let trainer = try Trainer(model.network, configuration, seed: 5, pool: WorkerPool(threads: 2))
    _ = try trainer.fit(
        SingleSource(images: images, labels: labels, augmenter: augmenter),
        validation: SingleSource(images: valid.0, labels: valid.1, augmenter: nil), callbacks: [Progress()])
    model.network.restore(trainer.state.network.parameters)
    try model.save(to: path)
}
