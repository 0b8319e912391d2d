import Compute
import Imaging
package import SyntheticDigits

extension TrainingStrip {
    /// The strips of a sequence of scenes, in their order: each scene is read as one line or by the lines found. Each tenth picture is one
    /// without a digit; of a hundred, four lie on a side and two stand on their head, so that a network learns what a turned digit is not.
    /// - Precondition: `threads` is above 0.
    package static func strips(
        of generator: SceneGenerator, scenes: Range<Int>, threads: Int
    ) -> [TrainingStrip] {
        WorkerPool(threads: threads).map(scenes) { number in
            let scene = number % 10 == 9 ? generator.negative(number) : generator.scene(number)
            return switch number % 50 {
            case 4: strips(of: ImageOrientation.left.applied(to: scene.image), digits: [], isOneLine: false)
            case 24: strips(of: ImageOrientation.right.applied(to: scene.image), digits: [], isOneLine: false)
            case 34:
                strips(
                    of: ImageOrientation.down.applied(to: scene.image),
                    digits: scene.digits.compactMap { $0.onItsHead(in: scene.image) }, isOneLine: false)
            default: strips(of: scene.image, digits: scene.digits, isOneLine: number % 2 == 0)
            }
        }.flatMap { $0 }
    }
}

extension Scene.Digit {
    /// What it is in the image upside down; nil where that is no digit.
    fileprivate func onItsHead(in image: Image) -> Scene.Digit? {
        let values = [0: 0, 1: 1, 6: 9, 8: 8, 9: 6]
        return values[value].map { value in
            Scene.Digit(
                value: value,
                box: PixelBox(
                    left: image.width - box.right, top: image.height - box.bottom, width: box.width,
                    height: box.height))
        }
    }
}
