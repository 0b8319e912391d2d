extension Row {
    /// The row's part of the report.
    func section(_ measured: Measured) -> String {
        switch self {
        case .contest(let contest): contest.section(measured)
        case .processes: ProcessRow.section(measured)
        case .kernels: KernelRow.section(measured)
        }
    }
}
