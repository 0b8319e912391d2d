import Compute
import Foundation
import Imaging
import NeuralNetworks
import PictureReading
import SyntheticDigits
import Training

let stripWidth = 224
let columnSize = 2
let classes = 11

struct Sample: Sendable {
    var pixels: [UInt8]  // 32 × stripWidth
    var digits: [(x: Float, value: Int)]
    var text: String { digits.map { String($0.value) }.joined() }
}

func sample(_ strip: LineStrip, _ ink: Ink, _ scene: Scene) -> Sample? {
    guard strip.plane.width <= stripWidth else { return nil }
    var pixels = [UInt8](repeating: 0, count: 32 * stripWidth)
    for r in 0..<32 { for c in 0..<strip.plane.width { pixels[r * stripWidth + c] = UInt8(strip.plane[r, c] * 255) } }
    var digits: [(x: Float, value: Int)] = []
    for digit in scene.digits {
        let x = (Double(digit.box.left) + Double(digit.box.width) / 2) * ink.scale
        let y = (Double(digit.box.top) + Double(digit.box.height) / 2) * ink.scale
        let place = strip.place(row: y, column: x)
        guard place.row > 2, place.row < 30, place.column > 0, place.column < Double(strip.plane.width) else { continue }
        digits.append((Float(place.column), digit.value))
    }
    digits.sort { $0.x < $1.x }
    return Sample(pixels: pixels, digits: digits)
}

final class StripSource: BatchSource {
    let samples: [Sample]
    init(_ samples: [Sample]) { self.samples = samples }
    var count: Int { samples.count }
    var inputShape: Shape { [32, stripWidth, 1] }
    func label(of sample: Int) -> Int { 0 }
    func copyInput(of sample: Int, into destination: inout MutableSpan<Float>) {
        for (i, byte) in samples[sample].pixels.enumerated() { destination[i] = Float(byte) / 255 }
    }
    func copyTarget(of sample: Int, into destination: inout MutableSpan<Float>) {
        let columns = stripWidth / columnSize
        var marks = [Int](repeating: 10, count: columns)
        let digits = samples[sample].digits
        let places = digits.map { min(columns - 1, Int($0.x) / columnSize) }
        for (n, place) in places.enumerated() {
            let before = n > 0 ? place - places[n - 1] : 100
            let after = n + 1 < places.count ? places[n + 1] - place : 100
            marks[place] = digits[n].value
            if before > 3, place > 0 { marks[place - 1] = digits[n].value }
            if after > 3, place + 1 < columns { marks[place + 1] = digits[n].value }
        }
        for (t, mark) in marks.enumerated() { for k in 0..<classes { destination[t * classes + k] = k == mark ? 1 : 0 } }
    }
}

func makeSamples(_ generator: SceneGenerator, _ range: Range<Int>, negatives: Int) -> [Sample] {
    final class Out: @unchecked Sendable { var all: [[Sample]] ; init(_ n: Int) { all = Array(repeating: [], count: n) } }
    let out = Out(range.count + negatives)
    out.all.withUnsafeMutableBufferPointer { buffer in
        nonisolated(unsafe) let buffer = buffer
        WorkerPool(threads: 2).run(pieces: range.count + negatives) { piece, _ in
            let scene = piece < range.count ? generator.scene(range.lowerBound + piece) : generator.negative(piece)
            // Both ways of asking: the whole picture is one line, or lines are looked for.
            guard let found = strips(scene.image, oneLine: piece % 2 == 0) else { return }
            buffer[piece] = found.strips.compactMap { sample($0, found.ink, scene) }
        }
    }
    return out.all.flatMap { $0 }
}

func network() throws -> Network {
    try Network(
        Sequential {
            Conv2D(filters: 16, kernelSize: 3, padding: .same, useBias: false)
            BatchNorm()
            Activation(.relu)
            MaxPool2D(size: 2)
            Conv2D(filters: 32, kernelSize: 3, padding: .same, useBias: false)
            BatchNorm()
            Activation(.relu)
            MaxPool2D(size: (2, 1))
            Conv2D(filters: 48, kernelSize: 3, padding: .same, useBias: false)
            BatchNorm()
            Activation(.relu)
            Conv2D(filters: 48, kernelSize: 3, padding: .same, useBias: false)
            BatchNorm()
            Activation(.relu)
            MaxPool2D(size: (2, 1))
            Conv2D(filters: 64, kernelSize: 3, padding: .same, useBias: false)
            BatchNorm()
            Activation(.relu)
            Conv2D(filters: 96, kernelSize: (4, 1), useBias: false)
            BatchNorm()
            Activation(.relu)
            Dropout(0.2)
            Conv2D(filters: 64, kernelSize: (1, 7), padding: .same, useBias: false)
            BatchNorm()
            Activation(.relu)
            Conv2D(filters: 11, kernelSize: 1)
            Activation(.softmax)
        }, input: [32, stripWidth, 1], seed: 1)
}

func decode(_ p: UnsafeBufferPointer<Float>) -> (text: String, confidence: Float) {
    var text = ""
    let columns = p.count / classes
    func argmax(_ t: Int) -> Int {
        var k = 0
        for c in 1..<classes where p[t * classes + c] > p[t * classes + k] { k = c }
        return k
    }
    var t = 0
    while t < columns {
        let k = argmax(t)
        var end = t + 1
        while end < columns, argmax(end) == k { end += 1 }
        if k != 10 {
            // What is beside the run belongs to it too.
            var mass: Float = 0
            for i in max(0, t - 1)..<min(columns, end + 1) { mass += p[i * classes + k] }
            let isBeside = (t > 0 && argmax(t - 1) != 10) || (end < columns && argmax(end) != 10)
            if mass >= (isBeside ? leastBeside : leastAlone) { text += "\(k)" }
        }
        t = end
    }
    return (text, 1)
}
nonisolated(unsafe) var leastAlone: Float = 0.7
nonisolated(unsafe) var leastBeside: Float = 1.0

/// Runs a network over strips of any width.
final class StripReader {
    let base: Network
    let pool = WorkerPool(threads: 2)
    var plans: [Int: InferencePlan] = [:]
    init(_ network: Network) { base = network }
    func read(_ plane: Plane) throws -> (text: String, confidence: Float) {
        if plane.width > 600 { return ("", 0) }
        let width = max(64, (plane.width + 31) / 32 * 32)
        var plan = plans[width]
        if plan == nil {
            plan = InferencePlan(CompiledNetwork(try base.with(input: [32, width, 1])), capacity: 1, pool: pool)
            plans[width] = plan
        }
        var input = [Float](repeating: 0, count: 32 * width)
        for r in 0..<32 { for c in 0..<plane.width { input[r * width + c] = plane[r, c] } }
        struct One: ImageBatch {
            let input: [Float]
            var count: Int { 1 }
            func copyInput(of place: Int, into destination: inout MutableSpan<Float>) {
                for i in input.indices { destination[i] = input[i] }
            }
        }
        plan!.run(One(input: input))
        return decode(plan!.outputs(0))
    }
}

final class Progress: TrainingCallback {
    func epochEnded(_ r: EpochResult) -> TrainingDecision {
        print("epoch", r.epoch, r.loss, r.metrics, r.validationLoss ?? 0, r.validationMetrics, Int(r.seconds), "s")
        fflush(nil)
        return .goOn
    }
}

func trainStrips(_ count: Int, epochs: Int, to path: String) throws {
    let digits = try mnist()
    let begin = ContinuousClock.now
    let mix: SceneMix = [.amount: 4, .strip: 5, .comb: 1.5, .stylus: 1, .blackboard: 1, .plainDigit: 0.5, .boxedDigit: 0.5, .examCell: 0.5, .sudokuCell: 0.5]
    let train = makeSamples(SceneGenerator(seed: 11, stream: 0, mix: mix, digits: digits), 0..<count, negatives: count / 10)
    let valid = makeSamples(SceneGenerator(seed: 11, stream: 1, mix: .numbers, digits: digits, digitCounts: 1...8), 0..<1500, negatives: 0)
    print(train.count, "strips in", ContinuousClock.now - begin); fflush(nil)
    let net = try network()
    print(net.parameters.count, "parameters")
    let configuration = TrainingConfiguration {
        $0.optimizer = .adam(learningRate: 2e-3)
        $0.loss = .categoricalCrossentropy
        $0.epochs = epochs
        $0.batchSize = 32
        $0.schedule = .oneCycle()
    }
    let trainer = try Trainer(net, configuration, seed: 5, pool: WorkerPool(threads: 2))
    _ = try trainer.fit(StripSource(train), validation: StripSource(valid), callbacks: [Progress()])
    let final = trainer.state.network
    try Data(bytes: final.parameters.pointer, count: final.parameters.count * 4).write(to: URL(fileURLWithPath: path))
    try judgeScenes(final)
}

func loadStrips(_ path: String) throws -> Network {
    let net = try network()
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    data.withUnsafeBytes { raw in
        net.parameters.pointer.update(from: raw.bindMemory(to: Float.self).baseAddress!, count: net.parameters.count)
    }
    net.parametersChanged()
    return net
}

func judgeScenes(_ net: Network) throws {
    let reader = StripReader(net)
    let generator = SceneGenerator(seed: 77, stream: 2, mix: .numbers, digits: try mnist(), digitCounts: 1...8)
    var right: [SceneStyle: (Int, Int)] = [:]
    var shown = 0
    for n in 0..<1000 {
        let scene = generator.scene(n)
        let found = strips(scene.image, oneLine: true)
        let text = try found?.strips.map { try reader.read($0.plane).text }.joined() ?? ""
        let truth = scene.lines.map(\.text).joined()
        let style = generator.style(n)
        var (a, b) = right[style] ?? (0, 0)
        b += 1
        if text == truth { a += 1 } else if shown < 15 { shown += 1; print(n, style, truth, "->", text) }
        right[style] = (a, b)
    }
    let (a, b) = right.values.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
    print("scenes", Double(a) / Double(b), right.map { "\($0.key) \(Double($0.value.0) / Double($0.value.1))" })
}

func judgeFiles(_ set: String, _ net: Network, _ out: String?) throws {
    let reader = StripReader(net)
    let folder = "/work/scratch/dev/" + set
    var (right, total) = (0, 0)
    var wrong: [Plane] = []
    for line in try String(contentsOfFile: folder + "/labels.txt", encoding: .utf8).split(separator: "\n") {
        let parts = line.split(separator: " ")
        total += 1
        let found = strips(pnm(folder + "/" + parts[0]), oneLine: true)
        let text = try found?.strips.map { try reader.read($0.plane).text }.joined() ?? ""
        if text == parts[1] { right += 1 } else {
            print(wrong.count, parts[0], parts[1], "->", text)
            wrong.append(found?.strips.first?.plane ?? Plane(height: 32, width: 8))
        }
    }
    print(set, right, total, Double(right) / Double(total))
    if let out { sheet(wrong, columns: 5, width: 260, out) }
}
