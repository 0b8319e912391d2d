import DigitRecognition

/// Whole convolutions as layers: what the engine makes of them in inference, copies and pooling included.
enum LayerRow {
    private static let images = 32

    static func key(_ name: String, _ set: String) -> String { "layer|\(name)|\(set)" }

    /// Microseconds for one image, on one thread, for each convolution and each vector instruction set.
    static func measure(_ timer: KernelTimer) throws -> [ResultLine] {
        var lines: [ResultLine] = []
        for convolution in OneDNN.convolutions {
            let input: Shape = [convolution.size, convolution.size, convolution.channels]
            for kernels in Kernels.available where kernels.name != "reference" {
                let model = try Model(convolution.layers, input: input)
                model.kernels = kernels
                let predictor = Predictor(model)
                let inputs = Memory(random: images * input.count)
                let outputs = Memory<Float>(count: images * predictor.classNames.count, 0)
                let result = timer.time {
                    var probabilities = MutableSpan(
                        _unsafeStart: outputs.pointer, count: images * predictor.classNames.count)
                    predictor.predict(
                        inputs: Span(_unsafeStart: inputs.pointer, count: images * input.count),
                        into: &probabilities)
                }
                lines.append(
                    .turn(
                        key: key(convolution.name, kernels.name), turn: 1,
                        values: ["us": result.seconds * 1e6 / Double(images)]))
            }
        }
        return lines
    }
}

extension OneDNN.Convolution {
    /// The layers around the convolution.
    fileprivate var layers: Sequential {
        Sequential {
            Conv2D(filters: filters, kernelSize: kernel, activation: .relu)
            if isPooled { MaxPool2D(size: 2) }
            Flatten()
        }
    }
}
