import DigitRecognition

extension BenchmarkNetwork {
    /// Floating-point operations for one picture if every output of every layer is computed, in convolutions and dense
    /// layers alone: what a framework does that leaves nothing out. A multiply-add counts as two.
    ///
    /// Training adds the gradient of the weights and that of the input, as many operations each; the first layer's
    /// input needs none.
    func denseOperations(training: Bool) throws -> Double {
        let shapes = try layers.outputShapes(for: Self.input)
        var total = 0.0
        var isFirst = true
        for (index, layer) in layers.layers.enumerated() {
            let input = index == 0 ? Self.input : shapes[index - 1]
            // A convolution's or a dense layer's: the first axis is the outputs', the others are summed over.
            guard let weight = layer.parameters(for: input).first(where: { $0.shape.rank > 1 })?.shape else {
                continue
            }
            let multiplyAdds = shapes[index].count * (weight.count / weight[0])
            total += 2 * Double(multiplyAdds) * (training ? (isFirst ? 2 : 3) : 1)
            isFirst = false
        }
        return total
    }
}
