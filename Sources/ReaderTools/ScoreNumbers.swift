import ArgumentParser
import DigitRecognition
import Imaging
import SyntheticDigits

/// Counts the drawn numbers that the reader reads right, in whole, as they are and turned by quarters.
struct ScoreNumbers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Count how many drawn numbers are read exactly, written with MNIST's test images.")

    @OptionGroup var options: ToolOptions
    @Option(help: "Numbers of 1 to 8 digits to read.") var count = 2000

    /// Not one that anything is trained with.
    private static let seed: UInt64 = 77

    func validate() throws {
        if count < 1 { throw ValidationError("--count is \(count), but must be at least 1.") }
    }

    func run() async throws {
        let images = try await options.load(.test)
        let scenes = SceneGenerator(
            seed: Self.seed, mix: .numbers,
            digits: SceneDigits(images: images.images, labels: images.labels), digitCounts: 1...8
        ).scenes(0..<count, threads: options.threads)
        print("one number, --line: \(share(scenes, .line, .up))")
        for turn in [ImageOrientation.up, .right, .down, .left] {
            print("anything, to be turned \(turn): \(share(scenes, .lines, turn))")
        }
    }

    /// The share of scenes whose text is read right, and nothing else.
    private func share(
        _ scenes: [Scene], _ layout: ReadingOptions.Layout, _ turn: ImageOrientation
    ) -> Double {
        let reader = DigitReader.pretrained { $0.layout = layout }
        let right = WorkerPool(threads: options.threads).map(scenes.indices) { index in
            reader.read(turn.applied(to: scenes[index].image)).text
                == scenes[index].lines.map(\.text).joined(separator: "\n")
        }
        return Double(right.count { $0 }) / Double(scenes.count)
    }
}
