import Compute
import NetworkTestSupport
import NeuralNetworks
import Testing

/// Which shapes layers give, and which they refuse in which words.
struct ShapeTests {
    @Test(arguments: [
        "layers-conv2d", "layers-conv2d-wide", "layers-pooling", "layers-dense", "layers-batchnorm",
    ])
    func outputShapesAreKerass(file: String) throws {
        let golden = try GoldenFile(file)
        for row in try golden.cases {
            let input = Shape(Array(try #require(row.inputShape).dropFirst()))
            let expected = Shape(Array(try golden.shape(of: "\(row.name).output").axes.dropFirst()))
            let padding = row.padding.flatMap(Padding.init) ?? .valid
            let layer: any Layer
            switch try #require(row.layer) {
            case "Conv2D":
                let kernel = try #require(row.kernelSize)
                let stride = try #require(row.strides)
                layer = Conv2D(
                    filters: try #require(row.filters), kernelSize: (kernel[0], kernel[1]),
                    stride: (stride[0], stride[1]), padding: padding)
            case "MaxPooling2D":
                let (size, stride) = (try #require(row.poolSize), try #require(row.strides))
                layer = MaxPool2D(
                    size: (size[0], size[1]), stride: (stride[0], stride[1]), padding: padding)
            case "AveragePooling2D":
                let (size, stride) = (try #require(row.poolSize), try #require(row.strides))
                layer = AveragePool2D(
                    size: (size[0], size[1]), stride: (stride[0], stride[1]), padding: padding)
            case "GlobalAveragePooling2D": layer = GlobalAveragePool2D()
            case "BatchNormalization": layer = BatchNorm()
            case "Dense": layer = Dense(try #require(row.units))
            default: layer = Flatten()
            }
            #expect(try layer.outputShape(for: input) == expected, "\(row.name)")
        }
    }

    @Test func poolsNeedNoLabelAndLayersGoByKerassNames() {
        #expect(MaxPooling2D(2) == MaxPool2D(size: 2))
        #expect(MaxPool2D((2, 1), padding: .same) == MaxPool2D(size: (2, 1), padding: .same))
        #expect(AveragePooling2D(3, stride: 1) == AveragePool2D(size: 3, stride: 1))
        #expect(AveragePool2D((2, 1)) == AveragePool2D(size: (2, 1)))
        #expect(GlobalAveragePooling2D() == GlobalAveragePool2D())
        #expect(BatchNormalization(momentum: 0.9) == BatchNorm(momentum: 0.9))
    }

    @Test func notebookNetworkHasTheShapesAndParametersOfTheNotebook() throws {
        let network = try GoldenNetworks.makeNotebook()
        #expect(
            network.outputShapes == [
                [26, 26, 64], [13, 13, 64], [11, 11, 64], [5, 5, 64], [3, 3, 64], [1, 1, 64], [64], [64],
                [32], [10],
            ])
        #expect(network.layout.parameterCount == 81_066)
        let counts = (0..<10).map { layer in
            network.layout.slots(ofLayer: layer).reduce(0) { $0 + $1.shape.count }
        }
        #expect(counts == [640, 0, 36_928, 0, 36_928, 0, 0, 4160, 2080, 330])
    }

    @Test func parametersOfASlotDoNotOverlapAndBeginOnCacheLines() throws {
        let layout = try GoldenNetworks.makeSecond().layout
        var end = 0
        for slot in layout.slots.sorted(by: { $0.offset < $1.offset }) {
            #expect(slot.offset % 16 == 0)
            #expect(slot.offset >= end)
            end = slot.range.upperBound
            #expect((slot.offset < layout.trainableCount) == slot.description.isTrainable)
        }
        #expect(end <= layout.count)
    }

    // MARK: Refusals

    private func refusal(_ layer: any Layer, _ input: Shape) -> String? {
        do throws(ShapeError) {
            _ = try layer.outputShape(for: input)
            return nil
        } catch {
            return error.description
        }
    }

    @Test func windowLargerThanInputIsRejected() {
        let expected =
            "A 5×5 window does not fit into the input 4×6×1; use a smaller window, fewer pools before it, or "
            + "padding: .same."
        #expect(refusal(Conv2D(filters: 2, kernelSize: 5), [4, 6, 1]) == "Conv2D: " + expected)
        #expect(refusal(MaxPool2D(size: 5), [4, 6, 1]) == "MaxPool2D: " + expected)
        #expect(refusal(AveragePool2D(size: 5), [4, 6, 1]) == "AveragePool2D: " + expected)
        #expect(refusal(Conv2D(filters: 2, kernelSize: 5, padding: .same), [4, 6, 1]) == nil)
        #expect(refusal(MaxPool2D(size: (4, 6)), [4, 6, 1]) == nil)
        #expect(
            refusal(AveragePool2D(size: (4, 7)), [4, 6, 1])?.contains("A 4×7 window does not fit") == true)
    }

    @Test func imageLayersRejectVectors() {
        let expected =
            "The input has shape 64, but a picture height×width×channels is needed; put this layer before Flatten."
        #expect(refusal(Conv2D(filters: 2, kernelSize: 3), [64]) == "Conv2D: " + expected)
        #expect(refusal(MaxPool2D(), [64]) == "MaxPool2D: " + expected)
        #expect(refusal(AveragePool2D(), [64]) == "AveragePool2D: " + expected)
        #expect(
            refusal(GlobalAveragePool2D(), [64])
                == "GlobalAveragePool2D: The input has shape 64, but a picture height×width×channels is needed; "
                + "put this layer in place of Flatten.")
    }

    @Test func denseRejectsImages() {
        #expect(
            refusal(Dense(10), [5, 5, 64])
                == "Dense: The input has shape 5×5×64, but one axis is needed; put Flatten() before this layer."
        )
    }

    @Test func hyperParametersOutOfRangeAreRejected() {
        #expect(
            refusal(Conv2D(filters: 0, kernelSize: 3), [8, 8, 1]) == "Conv2D: 0 filters; use 1 to 65536.")
        #expect(refusal(Dense(-3), [8]) == "Dense: -3 units; use 1 to 65536.")
        let window = "both need two numbers in 1...4096."
        #expect(
            refusal(Conv2D(filters: 1, kernelSize: 0), [8, 8, 1])
                == "Conv2D: Window [0, 0] with stride [1, 1]; " + window)
        #expect(
            refusal(MaxPool2D(size: 2, stride: 0), [8, 8, 1])
                == "MaxPool2D: Window [2, 2] with stride [0, 0]; " + window)
        #expect(
            refusal(MaxPool2D(size: (2, 0)), [8, 8, 1])
                == "MaxPool2D: Window [2, 0] with stride [2, 0]; " + window)
        #expect(
            refusal(AveragePool2D(size: -1), [8, 8, 1])
                == "AveragePool2D: Window [-1, -1] with stride [-1, -1]; " + window)
        #expect(refusal(Dropout(1), [8]) == "Dropout: A rate of 1.0; it is at least 0 and below 1.")
        #expect(refusal(Dropout(-0.5), [8]) == "Dropout: A rate of -0.5; it is at least 0 and below 1.")
        #expect(refusal(Dropout(.nan), [8]) == "Dropout: A rate of nan; it is at least 0 and below 1.")
        let ranges = "momentum is in 0...1, epsilon above 0."
        #expect(
            refusal(BatchNorm(momentum: 1.5), [8]) == "BatchNorm: Momentum 1.5 and epsilon 0.001; " + ranges)
        #expect(
            refusal(BatchNorm(momentum: 0.5, epsilon: 0), [8])
                == "BatchNorm: Momentum 0.5 and epsilon 0.0; " + ranges)
    }

    @Test func networksTooLargeForMemoryAreRejected() {
        func reason(_ description: Sequential, _ input: Shape) -> String? {
            do throws(ShapeError) {
                _ = try ParameterLayout(description, input: input)
                return nil
            } catch {
                return error.description
            }
        }
        #expect(
            reason(Sequential { Flatten() }, [4096, 4096, 1])
                == "Sequential: The input shape 4096×4096×1 has more than 4194304 elements; use smaller images."
        )
        #expect(
            reason(Sequential { Conv2D(filters: 65_536, kernelSize: 1) }, [28, 28, 1])
                == "layer 1 (Conv2D): The output shape 28×28×65536 has more than 4194304 elements; use fewer channels, "
                + "or a stride or pool before this layer.")
        let wide = Sequential {
            Dense(65_536)
            Dense(65_536)
        }
        #expect(
            reason(wide, [10])
                == "layer 2 (Dense): With its weight of shape 65536×65536 the network has more than 268435456 "
                + "parameters; use fewer channels or units.")
    }

    @Test func theErrorNamesTheLayersPlace() {
        let description = Sequential {
            Conv2D(filters: 4, kernelSize: 3)
            MaxPool2D(size: 2)
            Dense(10)
        }
        #expect {
            _ = try Network(description, input: [28, 28, 1], seed: 1)
        } throws: { error in
            "\(error)"
                == "layer 3 (Dense): The input has shape 13×13×4, but one axis is needed; put Flatten() before this layer."
        }
    }

    @Test func networksWithoutLayersOrWithImpossibleInputsAreRejected() {
        #expect(throws: ShapeError.self) { try Network(Sequential([]), input: [4], seed: 1) }
        for input: Shape in [[], [4, 4], [2, 4, 4, 1], [0], [4, 0, 1], [-4]] {
            #expect {
                _ = try Network(Sequential { Flatten() }, input: input, seed: 1)
            } throws: { error in
                "\(error)".contains(
                    "The input shape \(input) is neither height×width×channels nor a number of features.")
            }
        }
    }
}
