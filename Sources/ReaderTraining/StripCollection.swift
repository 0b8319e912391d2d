import Compute
package import SyntheticDigits

extension TrainingStrip {
    /// The strips of a sequence of scenes, in their order: each scene is read as one line or by the lines found, and each tenth picture
    /// is one without a digit.
    /// - Precondition: `threads` is above 0.
    package static func strips(
        of generator: SceneGenerator, scenes: Range<Int>, threads: Int
    ) -> [TrainingStrip] {
        let strips = WorkerPool(threads: threads).map(scenes) { number in
            let scene = number % 10 == 9 ? generator.negative(number) : generator.scene(number)
            return Self.strips(of: scene, isOneLine: number % 2 == 0)
        }
        return strips.flatMap { $0 }.filter { $0.width > 0 }
    }
}

extension SceneMix {
    /// What the network of numbers is trained on: mostly numbers, and single digits as pages have them.
    package static let numberTraining: SceneMix = [
        .amount: 4, .strip: 5, .comb: 1.5, .stylus: 1, .blackboard: 1, .plainDigit: 0.5, .boxedDigit: 0.5,
        .examCell: 0.5, .sudokuCell: 0.5, .page: 0.1, .grid: 0.02,
    ]
}
