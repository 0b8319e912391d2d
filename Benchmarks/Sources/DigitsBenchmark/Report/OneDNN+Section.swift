extension OneDNN {
    /// Whole convolutions of one of our instruction sets beside oneDNN's; empty where oneDNN was not there.
    static func section(_ measured: Measured, set: String) -> String {
        guard let taker = measured.takers[contestant] else { return "" }
        var table = MarkdownTable(
            ["µs an image, ours and oneDNN's"] + KernelCase.Pass.allCases.map(\.rawValue))
        let cases = KernelCase.all
        for convolution in convolutions {
            let cells = KernelCase.Pass.allCases.map { pass -> String in
                let ours = cases.filter { $0.shape == convolution.name && $0.pass == pass }.compactMap {
                    kernel in
                    measured.median(kernel.key(set), "us").map { $0 / Double(kernel.images) }
                }.min()
                let theirs = measured.median(key(convolution.name), "\(pass.rawValue)_us")
                guard let ours, let theirs else { return "–" }
                return "\(String.fixed(ours, digits: 1)), \(String.fixed(theirs, digits: 1)): "
                    + "\(String.fixed(theirs / ours, digits: 1)) ×"
            }
            table.add([convolution.name] + cells)
        }
        return """
            The same convolutions beside \(taker.name) (\(taker.settings), batch \(images)), one thread each. Ours include the bias, ReLU \
            and pool where there is one; a first layer needs no gradient of its data.

            \(table.text)
            """
    }
}
