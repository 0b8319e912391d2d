import Compute
import Datasets
import DigitRecognition
import Foundation
import Imaging
import NeuralNetworks
import PictureReading
import SyntheticDigits
import Training

func write(_ plane: Plane, _ path: String) {
    try! Data(Array("P5 \(plane.width) \(plane.height) 255\n".utf8) + plane.values.map { UInt8(min(1, max(0, $0)) * 255) })
        .write(to: URL(fileURLWithPath: path))
}
/// Planes below each other, in columns.
func sheet(_ planes: [Plane], columns: Int, width: Int, _ path: String) {
    let rows = (planes.count + columns - 1) / columns
    let height = (planes.map(\.height).max() ?? 1) + 2
    var all = Plane(height: rows * height, width: columns * width, filledWith: 0.4)
    for (n, plane) in planes.enumerated() {
        for r in 0..<plane.height { for c in 0..<min(width - 2, plane.width) {
            all[(n / columns) * height + r, (n % columns) * width + c] = plane[r, c] } }
    }
    write(all, path)
}
func mnist() throws -> SceneDigits {
    let data = try! runBlocking { try await MNIST.load(from: URL(fileURLWithPath: "/work/shared/data/mnist")) }
    return SceneDigits(images: data.train.images, labels: data.train.labels)
}
final class Box<T>: @unchecked Sendable { var value: Result<T, any Error>? }
func runBlocking<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) throws -> T {
    let box = Box<T>(), semaphore = DispatchSemaphore(value: 0)
    Task { do { box.value = .success(try await body()) } catch { box.value = .failure(error) }; semaphore.signal() }
    semaphore.wait()
    return try box.value!.get()
}

struct Strips {
    let strips: [LineStrip]
    let ink: Ink
}
func strips(_ image: Image, oneLine: Bool) -> Strips? {
    guard let ink = InkFinder().ink(of: image) else { return nil }
    var plane = ink.plane
    let stroke = Int(ink.strokeWidth.rounded(.up))
    plane = LongRules.removed(from: plane, length: max(12 * stroke, oneLine ? image.width / 4 : 30), thickness: stroke * 3 / 2 + 1)
    let components = Components(of: plane)
    let lines = LineFinder(isOneLine: oneLine).lines(of: components, strokeWidth: ink.strokeWidth)
    return Strips(strips: lines.map { LineStrip($0, of: plane, components: components, strokeWidth: ink.strokeWidth) }, ink: ink)
}
let args = CommandLine.arguments
if let v = ProcessInfo.processInfo.environment["ALONE"] { leastAlone = Float(v)! }
if let v = ProcessInfo.processInfo.environment["BESIDE"] { leastBeside = Float(v)! }
switch args[1] {
case "single": try single(args)
case "show":
    let generator = SceneGenerator(seed: 3, mix: .numbers, digits: try mnist(), digitCounts: 1...8)
    var planes: [Plane] = []
    let begin = ContinuousClock.now
    var drawing = Duration.zero
    for n in 0..<120 {
        let start = ContinuousClock.now
        let scene = generator.scene(n)
        drawing += ContinuousClock.now - start
        guard let found = strips(scene.image, oneLine: args.contains("one")) else { print(n, "none"); continue }
        if found.strips.count != scene.lines.count { print(n, generator.style(n), found.strips.count, scene.lines.map(\.text)) }
        planes += found.strips.map(\.plane)
    }
    print((ContinuousClock.now - begin) / 120, "of which drawing", drawing / 120)
    sheet(planes, columns: 5, width: 300, "/work/scratch/look/strips.pgm")
case "train": try trainStrips(Int(args[2])!, epochs: Int(args[3])!, to: args[4])
case "singles": try trainSingles(Int(args[2])!, epochs: Int(args[3])!, to: args[4])
case "scenes": try judgeScenes(try loadStrips(args[2]))
case "files": try judgeFiles(args[3], try loadStrips(args[2]), args.count > 4 ? args[4] : nil)
case "look":
    let generator = SceneGenerator(seed: 77, stream: 2, mix: .numbers, digits: try mnist(), digitCounts: 1...8)
    var planes: [Plane] = []
    for n in args[2].split(separator: ",").map({ Int($0)! }) {
        let image = generator.scene(n).image
        let own = Plane.channels(of: image)[0]
        let h = 96
        planes.append(own.resized(toHeight: h, width: own.width * h / own.height))
        if let ink = InkFinder().ink(of: image) {
            print(n, image.shape, ink.color, ink.strength, ink.grain, ink.strokeWidth)
            planes.append(ink.plane.resized(toHeight: h, width: ink.plane.width * h / ink.plane.height))
        } else { print(n, "no ink"); planes.append(Plane(height: h, width: 10)) }
        planes.append(strips(image, oneLine: true)?.strips.first?.plane ?? Plane(height: 32, width: 10))
    }
    sheet(planes, columns: 3, width: 480, "/work/scratch/look/look.pgm")
default: print("?")
}
