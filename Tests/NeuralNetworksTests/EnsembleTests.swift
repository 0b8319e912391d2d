import Compute
import Foundation
import NeuralNetworks
import Testing
import Training

/// Networks side by side.
struct EnsembleTests {
    private static let input: Shape = [11, 12, 2]

    /// Members of different depth, two of which leave out parts of the input.
    private static let members = [
        Sequential {
            Conv2D(filters: 5, kernelSize: 3, activation: .relu)
            MaxPool2D(size: 2)
            Conv2D(filters: 4, kernelSize: 3)
            MaxPool2D(size: 2)
            BatchNorm()
            Activation(.relu)
            Flatten()
            Dropout(0.4)
            Dense(3, activation: .softmax)
        },
        Sequential {
            Conv2D(filters: 9, kernelSize: 3)
            BatchNorm()
            Activation(.relu)
            MaxPool2D(size: 4)
            Flatten()
            Dense(3, activation: .softmax)
        },
        Sequential {
            Flatten()
            Dense(3)
        },
    ]

    /// The ensemble, with parameters far from their first values, and its members as networks of their own.
    private func networks() throws -> (ensemble: Network, members: [Network]) {
        let ensemble = try Network(Sequential([Ensemble(Self.members)]), input: Self.input, seed: 3)
        ensemble.randomizeParameters(seed: 5)
        let members = try Self.members.enumerated().map { number, description in
            let member = try Network(description, input: Self.input, seed: 1)
            for slot in member.layout.slots {
                member.setParameter(slot.name, to: ensemble["ensemble1.\(number + 1).\(slot.name)"]!)
            }
            return member
        }
        return (ensemble, members)
    }

    private func outputs(_ network: Network, _ batch: Batch, _ kernels: Kernels, threads: Int = 1)
        -> [[Float]]
    {
        let plan = InferencePlan(
            network, capacity: batch.count, pool: WorkerPool(threads: threads),
            kernels: kernels)
        plan.run(batch)
        return plan.allOutputs(batch.count)
    }

    @Test(arguments: Kernels.available)
    func theOutputIsTheMembersMean(kernels: Kernels) throws {
        let (ensemble, members) = try networks()
        let batch = Batch(count: 7, for: ensemble, loss: .meanSquaredError, seed: 4)
        let single = members.map { outputs($0, batch, kernels) }
        for threads in [1, 3] {
            for (image, output) in outputs(ensemble, batch, kernels, threads: threads).enumerated() {
                for (index, value) in output.enumerated() {
                    let mean = single.reduce(0) { $0 + Double($1[image][index]) } / 3
                    #expect(abs(Double(value) - mean) <= 1e-6 * max(1, abs(mean)))
                }
            }
        }
    }

    @Test func everyMemberHasItsPartOfTheParameters() throws {
        let (ensemble, members) = try networks()
        let batch = Batch(count: 2, for: ensemble, loss: .meanSquaredError, seed: 4)
        let before = outputs(ensemble, batch, .best)
        ensemble.setParameter("ensemble1.3.dense1.bias", to: [9, 9, 9])
        ensemble.setParameter("ensemble1.1.conv1.bias", to: [1, 2, 3, 4, 5])
        members[2].setParameter("dense1.bias", to: [9, 9, 9])
        members[0].setParameter("conv1.bias", to: [1, 2, 3, 4, 5])
        let after = outputs(ensemble, batch, .best)
        #expect(before != after)
        let expected = members.map { outputs($0, batch, .best) }
        #expect(abs(after[1][2] - expected.reduce(0) { $0 + $1[1][2] } / 3) < 1e-5)
    }

    /// The gradient of the mean with respect to the input is the mean of the members' gradients.
    @Test func explanationsGoBackThroughAllMembers() throws {
        let ensemble = try networks().ensemble
        let batch = Batch(count: 3, for: ensemble, loss: .meanSquaredError, seed: 4)
        func inputGradient(_ network: Network, _ upstream: [Float]) -> [Float] {
            let plan = ExplanationPlan(network, capacity: 3, pool: WorkerPool(threads: 2))
            plan.run(batch)
            plan.backpropagate(images: 3) { _, destination in
                for (index, value) in upstream.enumerated() { destination[index] = value }
            }
            return (0..<3).flatMap { image in
                [Float](unsafeUninitializedCapacity: network.inputShape.count) { buffer, count in
                    plan.copyInputGradient(image, to: buffer.baseAddress!)
                    count = network.inputShape.count
                }
            }
        }
        // By central differences of the ensemble's own output.
        let gradient = inputGradient(ensemble, [1, -2, 0.5])
        func score(_ pixel: Int, _ step: Float) throws -> Double {
            var moved = batch
            moved.images[1][pixel] += step
            let output = outputs(ensemble, moved, .best)[1]
            return Double(output[0]) - 2 * Double(output[1]) + 0.5 * Double(output[2])
        }
        let size = ensemble.inputShape.count
        let largest = gradient.map(abs).max()!
        #expect(largest > 0)
        var checked = 0
        for pixel in stride(from: 0, to: size, by: 7) {
            let (up, down, here) = (try score(pixel, 2e-3), try score(pixel, -2e-3), try score(pixel, 0))
            // Beside a kink of ReLU or a maximum the two sides differ.
            guard abs((up - here) - (here - down)) < 2e-6 else { continue }
            // In Float: a rounding of each output, 1e-7, over twice the step, and the kink that is let through.
            checked += 1
            let difference = (up - down) / 4e-3
            #expect(
                abs(Double(gradient[size + pixel]) - difference) < 2e-2 * Double(largest), "pixel \(pixel)")
        }
        #expect(checked > 10)
    }

    @Test func descriptionsSurviveJSON() throws {
        let description = Sequential([Ensemble(Self.members)])
        let data = try JSONEncoder().encode(description)
        #expect(try JSONDecoder().decode(Sequential.self, from: data) == description)
    }

    @Test func parametersAreTheMembersOwn() throws {
        let network = try networks().ensemble
        let expected = try Self.members.enumerated().flatMap { number, member in
            try Network(member, input: Self.input, seed: 1).layout.slots.map {
                "ensemble1.\(number + 1).\($0.name)"
            }
        }
        #expect(Set(network.layout.slots.map(\.name)) == Set(expected))
        #expect(network.layout.slots.count == expected.count)
        #expect(network.outputShape == [3])
    }

    @Test(
        arguments: [
            ([], "layer 1 (Ensemble): 0 members; an ensemble has 1 to 100."),
            (
                [Sequential { Dropout(0.5) }, Sequential { Flatten() }],
                "layer 1 (Ensemble): Member 1: The output has shape 11×12×2, but a vector is needed; end it in Flatten() and a Dense layer."
            ),
            (
                [
                    Sequential {
                        Flatten()
                        Dense(3)
                    },
                    Sequential {
                        Flatten()
                        Dense(4)
                    },
                ],
                "layer 1 (Ensemble): Member 2: It has 4 outputs, but the first member 3; end all in as many units."
            ),
            (
                [Sequential { MaxPool2D(size: 99) }],
                "layer 1 (Ensemble): Member 1: layer 1 (MaxPool2D): "
            ),
            (
                [Sequential { MaxPool2D(size: 2) }],
                "layer 1 (Ensemble): Member 1: The output has shape 5×6×2, but a vector is needed; end it in Flatten() and a Dense layer."
            ),
            (
                [
                    Sequential {
                        Ensemble([
                            Sequential {
                                Flatten()
                                Dense(3)
                            }
                        ])
                    }
                ],
                "layer 1 (Ensemble): Member 1: It has an ensemble inside; list all members in one."
            ),
        ] as [([Sequential], String)])
    func membersThatDoNotFitAreRefused(members: [Sequential], message: String) throws {
        let error = #expect(throws: ShapeError.self) {
            try Network(Sequential([Ensemble(members)]), input: Self.input, seed: 1)
        }
        #expect(try #require(error).description.hasPrefix(message))
    }

    @Test func ensemblesAreNotTrained() throws {
        let network = try networks().ensemble
        #expect(throws: TrainingError.ensembleNotTrainable) {
            _ = try Trainer(network, TrainingConfiguration(), seed: 0, pool: WorkerPool(threads: 1))
        }
    }
}
