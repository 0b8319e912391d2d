import Compute
package import SyntheticDigits

extension TrainingStrip {
    /// The strips of a sequence of scenes, in their order: each scene is read as one line or by the lines found, and each tenth picture
    /// is one without a digit.
    /// - Precondition: `threads` is above 0.
    package static func strips(
        of generator: SceneGenerator, scenes: Range<Int>, threads: Int
    ) -> [TrainingStrip] {
        WorkerPool(threads: threads).map(scenes) { number in
            let scene = number % 10 == 9 ? generator.negative(number) : generator.scene(number)
            return strips(of: scene.image, digits: scene.digits, isOneLine: number % 2 == 0)
        }.flatMap { $0 }
    }
}
