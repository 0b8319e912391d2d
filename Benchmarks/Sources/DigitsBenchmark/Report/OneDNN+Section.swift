extension OneDNN {
    /// Whole convolutions of one of our instruction sets beside oneDNN's; empty where oneDNN was not there.
    static func section(_ measured: Measured, set: String) -> String {
        guard let taker = measured.takers[contestant] else { return "" }
        var table = MarkdownTable(
            ["µs an image, ours and oneDNN's"] + KernelCase.Pass.allCases.map(\.rawValue))
        let cases = KernelCase.all
        for convolution in convolutions {
            let cells = KernelCase.Pass.allCases.map { pass -> String in
                let ours =
                    pass == .forward
                    ? measured.median(LayerRow.key(convolution.name, set), "us")
                    : sum(cases.filter { $0.shape == convolution.name && $0.pass == pass }, measured, set)
                let theirs = measured.median(key(convolution.name), "\(pass.rawValue)_us")
                guard let ours, let theirs else { return "–" }
                return "\(String.fixed(ours, digits: 1)), \(String.fixed(theirs, digits: 1)): "
                    + "\(String.fixed(theirs / ours, digits: 1)) ×"
            }
            table.add([convolution.name] + cells)
        }
        return """
            The same convolutions beside \(taker.name) (\(taker.settings), batch \(images)), one thread each. Our
            forward pass is that of a whole layer in inference on pictures of noise: bias, ReLU, pool where there is one,
            and copies between layouts, which oneDNN's does without. Our gradients are those of the rows above. A first
            layer needs no gradient of its data.

            \(table.text)
            """
    }

    /// Microseconds an image of all parts of a gradient; nil where there are none.
    private static func sum(_ parts: [KernelCase], _ measured: Measured, _ set: String) -> Double? {
        let times = parts.compactMap { part in
            measured.median(part.key(set), "us").map { $0 / Double(part.images) }
        }
        return times.isEmpty ? nil : times.reduce(0, +)
    }
}
