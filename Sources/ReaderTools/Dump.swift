import Datasets
import ArgumentParser
import Foundation
import Imaging
import SyntheticDigits
import ReaderTraining
import PictureReading

struct Dump: AsyncParsableCommand {
    @OptionGroup var options: ToolOptions
    @Argument var folder: String
    @Option var count = 60
    @Flag var noImages = false
    @Flag var strips = false
    func run() async throws {
        let images = try await options.load(.train)
        let g = SceneGenerator(seed: 5, mix: .numberTraining, digits: noImages ? nil : SceneDigits(images: images.images, labels: images.labels))
        func write(_ image: Image, _ i: Int, _ name: String) throws {
            var d = Data("P\(image.channels == 1 ? 5 : 6) \(image.width) \(image.height) 255\n".utf8)
            d.append(contentsOf: image.pixels)
            try d.write(to: URL(fileURLWithPath: "\(folder)/\(String(format: "%04d", i))_\(name).ppm"))
        }
        if strips {
            for (i, s) in TrainingStrip.strips(of: g, scenes: 0..<count, threads: 2).enumerated() {
                try write(Image(height: 32, width: s.width, pixels: s.ink), i, s.digits.map { "\($0.value)" }.joined())
            }
        } else {
            for i in 0..<count {
                let s = g.scene(i)
                try write(s.image, i, s.lines.map(\.text).joined(separator: "_"))
            }
        }
    }
}
