/// Something that can be measured by name.
enum Row {
    case contest(Contest)
    case processes
    case kernels

    static let all: [Row] = Contest.all.map(Row.contest) + [.processes, .kernels]

    var name: String {
        switch self {
        case .contest(let contest): contest.name
        case .processes: ProcessRow.name
        case .kernels: KernelRow.name
        }
    }

    /// The rows whose names are given or begin so; all where none is given.
    static func matching(_ names: [String]) throws(BenchmarkFailure) -> [Row] {
        for name in names where !all.contains(where: { $0.name.hasPrefix(name) }) {
            throw BenchmarkFailure("There is no row '\(name)'. 'list' names them.")
        }
        return names.isEmpty ? all : all.filter { row in names.contains { row.name.hasPrefix($0) } }
    }

    /// Whether it reads MNIST.
    var needsData: Bool {
        if case .kernels = self { false } else { true }
    }

    /// Measures it and writes its file of results.
    func run(_ settings: RunSettings, _ circumstances: Circumstances, report: (String) -> Void) throws {
        switch self {
        case .contest(let contest): try contest.run(settings, circumstances, report: report)
        case .processes: try ProcessRow().run(settings, circumstances, report: report)
        case .kernels: try KernelRow().run(settings, circumstances, report: report)
        }
    }
}
