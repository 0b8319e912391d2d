import Compute
import NeuralNetworks
import Testing
import Training

/// Metrics by hand. A network that passes its inputs on shows them to the metric: outputs are what a test names.
struct MetricTests {
    /// The metric of one image whose outputs and class are given: 0 or 1.
    private func value(_ metric: Metric, _ outputs: [Float], label: Int) throws -> Double? {
        let network = try Network(
            Sequential { Dense(outputs.count, useBias: false) }, input: [outputs.count], seed: 0)
        network.setParameter(
            "dense1.weight",
            to: (0..<outputs.count * outputs.count).map { $0 / outputs.count == $0 % outputs.count ? 1 : 0 })
        let evaluator = Evaluator(
            network, loss: .sparseCategoricalCrossentropyFromLogits, metrics: [metric],
            pool: WorkerPool(threads: 1))
        let images = SampleImages([outputs.count], inputs: [outputs], labels: [label])
        return try evaluator.evaluate(images).metrics[metric.name]
    }

    @Test func accuracyCountsTheLargestOutput() throws {
        #expect(try value(.accuracy, [0.1, 0.7, 0.2], label: 1) == 1)
        #expect(try value(.accuracy, [0.1, 0.7, 0.2], label: 2) == 0)
        #expect(try value(.accuracy, [-3, -1, -2], label: 1) == 1)
    }

    @Test func theFirstOfEqualsCounts() throws {
        #expect(try value(.accuracy, [0.5, 0.5, 0], label: 0) == 1)
        #expect(try value(.accuracy, [0.5, 0.5, 0], label: 1) == 0)
        #expect(try value(.topKAccuracy(k: 2), [0.5, 0.5, 0.5], label: 1) == 1)
        #expect(try value(.topKAccuracy(k: 2), [0.5, 0.5, 0.5], label: 2) == 0)
    }

    @Test func topKCountsTheKLargest() throws {
        let outputs: [Float] = [0.4, 0.1, 0.3, 0.2]
        for (label, rank) in [(0, 1), (2, 2), (3, 3), (1, 4)] {
            for k in 1...5 {
                #expect(try value(.topKAccuracy(k: k), outputs, label: label) == (rank <= k ? 1 : 0))
            }
        }
    }

    @Test func notANumberIsNeverRight() throws {
        // One NaN input makes every output of a Dense layer NaN.
        for label in 0..<3 {
            #expect(try value(.accuracy, [.nan, 1, 2], label: label) == 0)
            #expect(try value(.topKAccuracy(k: 3), [.nan, 1, 2], label: label) == 0)
        }
    }

    @Test func notANumberBesideNumbersIsPassedOver() throws {
        // A NaN weight makes one output NaN: the largest of the others is predicted, and counted as predicted.
        let network = try Network(Sequential { Dense(3, useBias: false) }, input: [1], seed: 0)
        network.setParameter("dense1.weight", to: [.nan, 1, 2])
        for (label, accuracy, topTwo) in [(0, 0.0, 0.0), (1, 0, 1), (2, 1, 1)] {
            let evaluation = try Evaluator(
                network, loss: .sparseCategoricalCrossentropyFromLogits,
                metrics: [.accuracy, .topKAccuracy(k: 2)], pool: WorkerPool(threads: 1)
            ).evaluate(SampleImages([1], inputs: [[1]], labels: [label]))
            #expect(evaluation.predictions == [2])
            #expect(evaluation.metrics == ["accuracy": accuracy, "top_2_accuracy": topTwo])
        }
    }

    @Test func theLargestIsTheFirstOfEqualsAndNeverNaN() {
        for (values, index): ([Float], Int) in [
            ([1, 3, 2], 1), ([3, 3], 0), ([.nan, 1], 1), ([1, .nan, 2], 2), ([.nan, .nan], 0),
            ([-.infinity, -1], 1), ([], 0),
        ] {
            #expect(values.withUnsafeBufferPointer(\.argmax) == index, "\(values)")
        }
    }

    @Test func namesAreKeras() {
        #expect(Metric.accuracy.name == "accuracy")
        #expect(Metric.topKAccuracy().name == "top_5_accuracy")
    }
}
