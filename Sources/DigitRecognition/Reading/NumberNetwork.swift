package import Compute
import ModelFormats
package import NeuralNetworks
package import PictureReading
internal import Synchronization

/// The network that reads whole numbers: it names the digit at each column of a strip, whatever the strip's width.
package final class NumberNetwork: Sendable {
    /// A strip is read in windows; the smallest that holds it, else as many of the largest as it takes.
    private let windows: [Window]

    /// The windows' widths, in columns.
    private static let widths = Array(stride(from: 96, through: 256, by: 32))
    /// How far to each side an answer depends on the strip, in columns: windows overlap by twice as much.
    private static let reach = 28

    /// - Parameter network: Its input is `[32, width, 1]`, its output `[1, width / 2, 11]`, for any width.
    /// - Throws: `ShapeError` if its layers do not take other widths.
    package init(_ network: Network, kernels: Kernels = .best) throws(ShapeError) {
        for width in Self.widths { _ = try network.description.outputShapes(for: Window.input(width)) }
        _ = try network.with(input: Window.input(Self.widths[0]))
        let network = network.copy()
        windows = Self.widths.map { Window(network, width: $0, kernels: kernels) }
    }

    /// The probability of each digit, and of none, at each column: `[columns / 2][11]`, a half counted whole.
    package func probabilities(_ strip: Plane) -> [Float] {
        let classes = NumberDecoder.classCount
        let columns = (strip.width + NumberDecoder.columnWidth - 1) / NumberDecoder.columnWidth
        // So that the answers at its end have seen paper behind it.
        let needed = strip.width + Self.reach
        let window = windows.first { needed <= $0.width } ?? windows[windows.count - 1]
        var result: [Float] = []
        result.reserveCapacity(columns * classes)
        var start = 0
        while true {
            let answers = window.probabilities(strip, from: start)
            let isLast = start + window.width >= needed
            // Where windows overlap, each says what it sees in full.
            let first = start == 0 ? 0 : Self.reach / NumberDecoder.columnWidth
            let end =
                isLast
                ? columns - start / NumberDecoder.columnWidth
                : (window.width - Self.reach) / NumberDecoder.columnWidth
            result += answers[(first * classes)..<(end * classes)]
            if isLast { return result }
            start += window.width - 2 * Self.reach
        }
    }
}

/// The network for one width, laid out when a strip needs it.
private final class Window: Sendable {
    let width: Int
    // Sendable: nobody changes it, or has it but the windows.
    nonisolated(unsafe) private let network: Network
    private let kernels: Kernels
    private let laidOut = Mutex<FreeList<BatchRunner>?>(nil)

    /// - Parameter network: One that takes strips of this width, and that nobody changes.
    init(_ network: Network, width: Int, kernels: Kernels) {
        self.width = width
        self.network = network
        self.kernels = kernels
    }

    /// The shape of strips of a width.
    static func input(_ width: Int) -> Shape { [LineStrip.height, width, 1] }

    private var runners: FreeList<BatchRunner> {
        laidOut.withLock { laidOut in
            if let laidOut { return laidOut }
            guard let network = try? network.with(input: Self.input(width)) else {
                preconditionFailure("The network does not take the width \(width), for which it was checked.")
            }
            let compiled = CompiledNetwork(network, kernels: kernels)
            let runners = FreeList(limit: Model.processorCount) {
                BatchRunner(compiled, threads: 1, groupSize: 1)
            }
            laidOut = runners
            return runners
        }
    }

    /// What the network says at each of the window's columns.
    func probabilities(_ strip: Plane, from start: Int) -> [Float] {
        var result = [Float](
            repeating: 0, count: width / NumberDecoder.columnWidth * NumberDecoder.classCount)
        result.withUnsafeMutableBufferPointer { result in
            // Sendable: one image is asked for, so that one thread writes, before this returns.
            nonisolated(unsafe) let result = result
            runners.withItem { runner in
                runner.run(StripInput(strip: strip, start: start, width: width)) { _, output in
                    _ = result.update(fromContentsOf: output)
                }
            }
        }
        return result
    }
}

/// Part of a strip, with nothing behind its end.
private struct StripInput: ImageBatch {
    let strip: Plane
    let start: Int
    let width: Int

    var count: Int { 1 }

    func copyInput(of place: Int, into destination: inout MutableSpan<Float>) {
        destination.update(repeating: 0)
        for row in 0..<strip.height {
            for column in start..<min(start + width, strip.width) {
                destination[row * width + column - start] = strip[row, column]
            }
        }
    }
}
