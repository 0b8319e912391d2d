import Compute
package import Imaging
package import SyntheticDigits

extension TrainingStrip {
    /// The strips of a sequence of pictures, in their order. Of fifty, 41 are scenes as they are, and what else is read by mistake comes
    /// now and then: five pictures without a digit, two of words, and two scenes that lie on a side, and each hundredth is on its head.
    /// Every other fifty is read as one line, the others by the lines found.
    /// - Precondition: `threads` is above 0.
    package static func strips(
        of generator: SceneGenerator, scenes: Range<Int>, threads: Int
    ) -> [TrainingStrip] {
        WorkerPool(threads: threads).map(scenes) { number in
            let isOneLine = number / 50 % 2 == 0
            let (image, digits) = picture(number, of: generator)
            return strips(of: image, digits: digits, isOneLine: isOneLine)
        }.flatMap { $0 }
    }

    /// One of the pictures, and the digits that are to be read in it.
    package static func picture(
        _ number: Int, of generator: SceneGenerator
    ) -> (image: Image, digits: [Scene.Digit]) {
        let turn: ImageOrientation
        switch number % 50 {
        case 9, 19, 29, 39, 49: return (generator.negative(number).image, [])
        case 4, 24: return (generator.negative(number, kind: .text).image, [])
        case 14: turn = .left
        case 34: turn = .right
        case 44: turn = .down
        default: turn = .up
        }
        let scene = generator.scene(number)
        return (turn.applied(to: scene.image), scene.digits.compactMap { $0.turned(turn, in: scene.image) })
    }
}

extension Scene.Digit {
    /// The digit that it looks like in a turned picture, and where it is; nil where it is like none.
    fileprivate func turned(_ turn: ImageOrientation, in image: Image) -> Scene.Digit? {
        switch turn {
        case .down:
            let values = [0: 0, 1: 1, 6: 9, 8: 8, 9: 6]
            return values[value].map {
                Scene.Digit(
                    value: $0,
                    box: PixelBox(
                        left: image.width - box.right, top: image.height - box.bottom, width: box.width,
                        height: box.height))
            }
        // On its side only a zero looks like a digit: one that is written flat.
        case .left where value == 0:
            return Scene.Digit(
                value: 0,
                box: PixelBox(
                    left: box.top, top: image.width - box.right, width: box.height, height: box.width))
        case .right where value == 0:
            return Scene.Digit(
                value: 0,
                box: PixelBox(
                    left: image.height - box.bottom, top: box.left, width: box.height, height: box.width))
        case .left, .right: return nil
        default: return self
        }
    }
}
