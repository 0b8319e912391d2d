/// What the system knows of this process: time, memory, files.
public struct ProcessFigures: Sendable, Equatable {
    /// Time that processors spent for it, in user and in system mode, in seconds.
    public var cpuSeconds: Double
    /// Memory that is in RAM, in bytes.
    public var residentMemory: UInt64
    /// Address space, in bytes.
    public var virtualMemory: UInt64
    /// Open file descriptors.
    public var openFiles: Int
    /// How many file descriptors it may open; `nil` if there is no limit.
    public var openFilesLimit: Int?
    /// When it started, in seconds since 1970.
    public var startTime: Double

    /// Figures from elsewhere.
    ///
    /// - Parameters:
    ///   - cpuSeconds: time of processors, in seconds.
    ///   - residentMemory: bytes in RAM.
    ///   - virtualMemory: bytes of address space.
    ///   - openFiles: open file descriptors.
    ///   - openFilesLimit: their limit; `nil` for none.
    ///   - startTime: seconds since 1970.
    public init(
        cpuSeconds: Double, residentMemory: UInt64, virtualMemory: UInt64, openFiles: Int,
        openFilesLimit: Int?,
        startTime: Double
    ) {
        self.cpuSeconds = cpuSeconds
        self.residentMemory = residentMemory
        self.virtualMemory = virtualMemory
        self.openFiles = openFiles
        self.openFilesLimit = openFilesLimit
        self.startTime = startTime
    }

    /// The families that tell these figures, with the names of Prometheus's own clients.
    var families: [(MetricFamily, Double)] {
        var families = [
            Self.family(
                "process_cpu_seconds_total", .counter, "Total user and system CPU time spent in seconds.")
        ].map { ($0, cpuSeconds) }
        if let openFilesLimit {
            families.append(
                (
                    Self.family("process_max_fds", .gauge, "Maximum number of open file descriptors."),
                    Double(openFilesLimit)
                ))
        }
        families += [
            (Self.family("process_open_fds", .gauge, "Number of open file descriptors."), Double(openFiles)),
            (
                Self.family("process_resident_memory_bytes", .gauge, "Resident memory size in bytes."),
                Double(residentMemory)
            ),
            (
                Self.family(
                    "process_start_time_seconds", .gauge, "Start time of the process since 1970 in seconds."),
                startTime
            ),
            (
                Self.family("process_virtual_memory_bytes", .gauge, "Virtual memory size in bytes."),
                Double(virtualMemory)
            ),
        ]
        return families
    }

    private static func family(_ name: String, _ kind: MetricFamily.Kind, _ help: String) -> MetricFamily {
        MetricFamily(name: name, kind: kind, help: help)
    }
}
