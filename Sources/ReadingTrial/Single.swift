import DigitRecognition
import Foundation
import Imaging
import PictureReading

func pnm(_ path: String) -> Image {
    let data = [UInt8](try! Data(contentsOf: URL(fileURLWithPath: path)))
    var place = 2
    func number() -> Int {
        while data[place] == 32 || data[place] == 10 { place += 1 }
        var n = 0
        while data[place] >= 48 { n = n * 10 + Int(data[place] - 48); place += 1 }
        return n
    }
    let (w, h) = (number(), number()); _ = number(); place += 1
    return Image(height: h, width: w, channels: data[1] == 54 ? 3 : 1, pixels: Array(data[place...]))
}

func single(_ args: [String]) throws {
    let set = args[2]
    let out = args.count > 3 ? args[3] : nil
    let model = try args.count > 4 ? Model(contentsOf: args[4]) : PretrainedModel.accurate.model()
    let folder = "/work/scratch/dev/" + set
    var (right, total, none) = (0, 0, 0)
    var wrong: [Plane] = []
    var time = Duration.zero
    for line in try String(contentsOfFile: folder + "/labels.txt", encoding: .utf8).split(separator: "\n") {
        let parts = line.split(separator: " ")
        let image = pnm(folder + "/" + parts[0])
        total += 1
        let begin = ContinuousClock.now
        let ink = InkFinder().ink(of: image)
        let digit = ink.flatMap { SingleDigit(in: $0) }
        time += ContinuousClock.now - begin
        guard let digit else { none += 1; print("none", parts[0]); continue }
        let p = try model.predict(digit.image)
        if "\(p.label)" == parts[1] { right += 1 } else {
            wrong.append(Plane(height: 28, width: 28, values: digit.image.pixels.map { Float($0) / 255 }))
            print(wrong.count, "\(parts[0]) \(parts[1])->\(p.label)")
        }
    }
    print(set, "\(right)/\(total)", Double(right) / Double(total), "none", none, "ms", time / total)
    if let out { sheet(wrong, columns: 20, width: 30, out) }
}
