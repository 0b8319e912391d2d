import Compute

/// The mean of several networks' outputs. A member reads a copy of the part of the input that reaches its output.
/// Shapes: `[N][rows][columns][C]` to `[N][K]`.
final class EnsembleStep: Step, Sendable {
    /// One network, with memory of its own.
    struct Member {
        let input: Value
        let steps: [any Step]
        let output: Value
    }

    private let members: [Member]
    private let input: Value
    private let output: Value

    init(members: [Member], input: Value, output: Value) {
        self.members = members
        self.input = input
        self.output = output
    }

    func forward(_ images: Range<Int>, worker: Int) {
        for member in members {
            for image in images { copyInput(of: image, to: member.input.data(image), member.input.extent) }
            for step in member.steps { step.forward(images, worker: worker) }
        }
        let share = 1 / Float(members.count)
        for image in images {
            let mean = output.data(image)
            for index in 0..<output.extent.count {
                var sum: Float = 0
                for member in members { sum += member.output.data(image)[index] }
                mean[index] = sum * share
            }
        }
    }

    func backward(_ images: Range<Int>, worker: Int) {
        guard input.hasGradient else { return }
        let share = 1 / Float(members.count)
        for image in images {
            input.gradient(image).update(repeating: 0, count: input.extent.count)
        }
        for member in members {
            for image in images {
                for index in 0..<output.extent.count {
                    member.output.gradient(image)[index] = output.gradient(image)[index] * share
                }
            }
            for step in member.steps.reversed() { step.backward(images, worker: worker) }
            for image in images { addGradient(member.input.gradient(image), of: image, member.input.extent) }
        }
    }

    private func copyInput(of image: Int, to destination: UnsafeMutablePointer<Float>, _ extent: Extent) {
        input.extent.forEachRow(of: extent) { full, part, count in
            (destination + part).update(from: input.data(image) + full, count: count)
        }
    }

    private func addGradient(_ gradient: UnsafeMutablePointer<Float>, of image: Int, _ extent: Extent) {
        input.extent.forEachRow(of: extent) { full, part, count in
            for index in 0..<count { input.gradient(image)[full + index] += gradient[part + index] }
        }
    }
}
