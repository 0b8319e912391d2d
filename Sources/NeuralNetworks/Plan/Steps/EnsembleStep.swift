import Tensors

/// The mean of several networks' outputs over several views. A member reads a copy of the part of a view that reaches its
/// output. Shapes: `[N][rows][columns][C]` to `[N][K]`.
final class EnsembleStep: Step, @unchecked Sendable {
    /// One network, with memory of its own for one view.
    struct Member {
        let input: Value
        let steps: [any Step]
        let output: Value
    }

    private let members: [Member]
    private let shifts: [Ensemble.Shift]
    private let input: Value
    private let output: Value

    init(members: [Member], views: Ensemble.Views, input: Value, output: Value) {
        self.members = members
        shifts = views.shifts
        self.input = input
        self.output = output
    }

    private var share: Float { 1 / Float(members.count * shifts.count) }

    func forward(_ images: Range<Int>, worker: Int) {
        for image in images { output.data(image).update(repeating: 0, count: output.extent.count) }
        for member in members {
            for shift in shifts {
                run(member, shift, images, worker: worker)
                for image in images {
                    for index in 0..<output.extent.count {
                        output.data(image)[index] += member.output.data(image)[index]
                    }
                }
            }
        }
        let share = share
        for image in images {
            for index in 0..<output.extent.count { output.data(image)[index] *= share }
        }
    }

    func backward(_ images: Range<Int>, worker: Int) {
        guard input.hasGradient else { return }
        for image in images {
            input.gradient(image).update(repeating: 0, count: input.extent.count)
        }
        let share = share
        for member in members {
            for shift in shifts {
                // Its memory holds the last view's values.
                if shifts.count > 1 { run(member, shift, images, worker: worker) }
                for image in images {
                    for index in 0..<output.extent.count {
                        member.output.gradient(image)[index] = output.gradient(image)[index] * share
                    }
                }
                for step in member.steps.reversed() { step.backward(images, worker: worker) }
                for image in images { addInputGradient(of: member, shift, image) }
            }
        }
    }

    private func run(_ member: Member, _ shift: Ensemble.Shift, _ images: Range<Int>, worker: Int) {
        for image in images {
            input.extent.forEachRun(of: member.input.extent, movedBy: shift) { full, part, count in
                (member.input.data(image) + part).update(from: input.data(image) + full, count: count)
            }
        }
        for step in member.steps { step.forward(images, worker: worker) }
    }

    private func addInputGradient(of member: Member, _ shift: Ensemble.Shift, _ image: Int) {
        input.extent.forEachRun(of: member.input.extent, movedBy: shift) { full, part, count in
            for index in 0..<count {
                input.gradient(image)[full + index] += member.input.gradient(image)[part + index]
            }
        }
    }
}
