import Compute
import Imaging
package import SyntheticDigits

extension TrainingStrip {
    /// What a picture of a sequence shows.
    private enum Content {
        case scene
        /// The same on its side, where no digit is one.
        case onSide
        /// The same on its head, where some digits are others.
        case onHead
        case negative
        case text

        init(_ number: Int) {
            switch number % 50 {
            case 9, 19, 29, 39, 49: self = .negative
            case 4, 24: self = .text
            case 14, 34: self = .onSide
            case 44: self = .onHead
            default: self = .scene
            }
        }
    }

    /// The strips of a sequence of scenes, in their order: each scene is read as one line or by the lines found; each tenth picture
    /// is one without a digit, and others show words, or are turned.
    /// - Precondition: `threads` is above 0.
    package static func strips(
        of generator: SceneGenerator, scenes: Range<Int>, threads: Int
    ) -> [TrainingStrip] {
        WorkerPool(threads: threads).map(scenes) { number in
            let isOneLine = number / 50 % 2 == 0
            switch Content(number) {
            case .negative:
                return strips(of: generator.negative(number).image, digits: [], isOneLine: isOneLine)
            case .text:
                return strips(
                    of: generator.negative(number, kind: .text).image, digits: [], isOneLine: isOneLine)
            case .scene:
                let scene = generator.scene(number)
                return strips(of: scene.image, digits: scene.digits, isOneLine: isOneLine)
            case .onSide:
                let turn = number % 4 == 0 ? ImageOrientation.right : .left
                let image = turn.applied(to: generator.scene(number).image)
                return strips(of: image, digits: [], isOneLine: isOneLine)
            case .onHead:
                let scene = generator.scene(number)
                return strips(
                    of: ImageOrientation.down.applied(to: scene.image),
                    digits: scene.digits.compactMap { $0.onHead(in: scene.image) }, isOneLine: isOneLine)
            }
        }.flatMap { $0 }
    }
}

extension Scene.Digit {
    /// The digit that it looks like where the picture is on its head; nil where it is like none.
    fileprivate func onHead(in image: Image) -> Scene.Digit? {
        let values = [0: 0, 1: 1, 6: 9, 8: 8, 9: 6]
        return values[value].map {
            Scene.Digit(
                value: $0,
                box: PixelBox(
                    left: image.width - box.right, top: image.height - box.bottom, width: box.width,
                    height: box.height))
        }
    }
}
