package import Compute
import ModelFormats
package import NeuralNetworks
package import PictureReading

/// The network that reads whole numbers: it names the digit at each column of a strip, whatever the strip's width.
package final class NumberNetwork: Sendable {
    /// A strip is read in windows; the smallest that holds it, else as many of the largest as it takes.
    private let windows: [Window]

    /// Columns of the widths that are laid out.
    private static let widths = [128, 256]
    /// How far to each side an answer depends on the strip, in columns: windows overlap by twice as much.
    private static let reach = 28

    /// - Parameter network: Its input is `[32, width, 1]`, its output `[1, width / 2, 11]`, for any width.
    /// - Throws: `ShapeError` if its layers do not take other widths.
    package init(_ network: Network, kernels: Kernels = .best) throws(ShapeError) {
        var windows: [Window] = []
        for width in Self.widths { windows.append(try Window(network, width: width, kernels: kernels)) }
        self.windows = windows
    }

    /// The number of a strip. Where the network is not sure of all of it, the mean of what it makes of several looks counts.
    package func number(in strip: Plane, by decoder: NumberDecoder = NumberDecoder()) -> NumberDecoder.Number
    {
        let probabilities = probabilities(strip)
        // A length that is asked for makes nothing surer.
        if NumberDecoder().number(probabilities).isSure { return decoder.number(probabilities) }
        let columns = probabilities.count / NumberDecoder.classCount
        let all = StripLook.others.reduce(into: probabilities) { sum, look in
            let seen = look.probabilities(self.probabilities(look.view(of: strip)), atColumns: columns)
            for index in sum.indices { sum[index] += seen[index] }
        }
        return decoder.number(all.map { $0 / Float(StripLook.others.count + 1) })
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

/// The network laid out for one width.
private final class Window: Sendable {
    let width: Int
    private let runners: FreeList<BatchRunner>

    init(_ network: Network, width: Int, kernels: Kernels) throws(ShapeError) {
        self.width = width
        let compiled = CompiledNetwork(
            try network.with(input: [LineStrip.height, width, 1]), kernels: kernels)
        runners = FreeList(limit: Model.processorCount) { BatchRunner(compiled, threads: 1, groupSize: 1) }
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
