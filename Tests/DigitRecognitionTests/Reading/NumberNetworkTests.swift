import Compute
import DigitRecognition
import Imaging
import NeuralNetworks
import PictureReading
import ReaderTraining
import Testing

@Suite struct NumberNetworkTests {
    private static func strip(width: Int) -> Plane {
        var random = CounterBasedRandom(seed: 9, purpose: .synthesis)
        return Plane(
            height: LineStrip.height, width: width,
            values: (0..<LineStrip.height * width).map { _ in random.nextUniform() < 0.2 ? 1 : 0 })
    }

    /// A strip of any width is read as if the network were laid out for it.
    @Test(arguments: [1, 2, 67, 68, 69, 127, 128, 129, 228, 229, 256, 257, 463, 464, 465, 490])
    func windowsSayWhatTheWholeSays(width: Int) throws {
        let network = try Network(.numbers, input: [LineStrip.height, 64, 1], seed: 5)
        let strip = Self.strip(width: width)
        let answers = try NumberNetwork(network).probabilities(strip)
        let columns = (width + 1) / 2
        #expect(answers.count == columns * NumberDecoder.classCount)

        // Beyond the strip's end both see paper, but for where the whole's own end is near.
        let whole = try network.with(input: [LineStrip.height, columns * 2 + 64, 1])
        let expected = Evaluated(whole, Self.strip(width: width)).outputs
        for (index, value) in answers.enumerated() {
            #expect(abs(value - expected[index]) < 1e-4, "column \(index / 11)")
        }
    }

    /// What a network gives for one input, padded with nothing.
    private struct Evaluated {
        let outputs: [Float]

        init(_ network: Network, _ strip: Plane) {
            let width = network.inputShape.axes[1]
            let padded = strip.cropped(to: PixelBox(left: 0, top: 0, width: width, height: strip.height))
            let plan = BatchRunner(CompiledNetwork(network), threads: 1, groupSize: 1)
            var outputs = [Float](repeating: 0, count: network.outputShape.count)
            outputs.withUnsafeMutableBufferPointer { outputs in
                // Sendable: one thread writes before the run ends.
                nonisolated(unsafe) let outputs = outputs
                plan.run(PlaneBatch(plane: padded)) { _, output in
                    _ = outputs.update(fromContentsOf: output)
                }
            }
            self.outputs = outputs
        }
    }

    private struct PlaneBatch: ImageBatch {
        let plane: Plane

        var count: Int { 1 }

        func copyInput(of place: Int, into destination: inout MutableSpan<Float>) {
            for (index, value) in plane.values.enumerated() { destination[index] = value }
        }
    }
}
