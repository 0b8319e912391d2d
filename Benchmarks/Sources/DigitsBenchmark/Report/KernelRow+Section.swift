extension KernelRow {
    /// This row's part of the report.
    static func section(_ measured: Measured) -> String {
        let fast = ["avx512", "avx2", "portable"].filter { set in
            KernelCase.all.contains { measured.median($0.key(set), "us") != nil }
        }
        var table = MarkdownTable(
            ["kernel", "shape"] + fast.map { "\($0), rate" } + [
                "share of peak", "\(fast[0]), µs", "to reference",
            ])
        for kernel in KernelCase.all {
            func median(_ set: String, _ quantity: String) -> Double? {
                measured.median(kernel.key(set), quantity)
            }
            guard let time = median(fast[0], "us") else { continue }
            let rates = fast.map { set in
                median(set, "gflops").map { "\(String.fixed($0, digits: 1)) GFLOP/s" }
                    ?? median(set, "gigabytes_per_second").map { "\(String.fixed($0, digits: 1)) GB/s" } ?? ""
            }
            var share = ""
            if let rate = median(fast[0], "gflops"), let peak = median(fast[0], "peak_gflops") {
                share = "\(String.fixed(100 * rate / peak, digits: 0)) %"
            }
            let speedUp = median("reference", "us").map { "\(String.fixed($0 / time, digits: 0)) ×" } ?? ""
            table.add(
                [kernel.kernel, kernel.shape] + rates + [share, String.fixed(time, digits: 2), speedUp])
        }
        return """
            ### Kernels (`\(name)`)

            One thread; the share is of the peak above, measured in between. Rates count the
            operations of the direct, dense sum, so that a kernel which leaves out what is zero, or has a cleverer algorithm,
            can be above the peak; Winograd's products are rated by their own operations. Gradients of pooled convolutions have
            half of the outputs alive, as behind a ReLU in training, those without a pool all. Kernels that compute little have
            bytes read and written in a second, from the first or second cache.

            \(table.text)
            \(OneDNN.section(measured, set: fast[0]))
            """
    }

    /// What one core can do at most; empty where it was not measured.
    static func peak(_ measured: [String: Measured]) -> String {
        guard let row = measured[name], let taker = row.takers[peak], let rate = row.median(peak, "gflops")
        else { return "" }
        return
            "One core's peak here, by a loop of \(taker.name) \(taker.settings): \(String.fixed(rate, digits: 0)) GFLOP/s."
    }
}
