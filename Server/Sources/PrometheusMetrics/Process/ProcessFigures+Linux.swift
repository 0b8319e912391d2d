#if canImport(Glibc)
    import Glibc

    extension ProcessFigures {
        /// The figures of this process now, from `/proc`.
        ///
        /// - Parameter root: where the process file system is.
        /// - Returns: `nil` where it cannot be read.
        public static func current(root: String = "/proc") -> ProcessFigures? {
            guard let stat = text(ofFile: "\(root)/self/stat"), let fields = statFields(stat),
                let bootTime = text(ofFile: "\(root)/stat").flatMap(bootTime)
            else { return nil }
            let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))

            // Indices count from the state, which is field 3 of proc_pid_stat(5).
            guard let userTicks = UInt64(fields[11]), let systemTicks = UInt64(fields[12]),
                let startTicks = UInt64(fields[19]), let virtualMemory = UInt64(fields[20]),
                let residentPages = UInt64(fields[21]), ticks > 0
            else { return nil }
            return ProcessFigures(
                cpuSeconds: Double(userTicks + systemTicks) / ticks,
                residentMemory: residentPages * UInt64(sysconf(Int32(_SC_PAGESIZE))),
                virtualMemory: virtualMemory,
                openFiles: entryCount(ofFolder: "\(root)/self/fd"),
                openFilesLimit: openFilesLimit(),
                startTime: bootTime + Double(startTicks) / ticks)
        }

        /// The fields behind the program's name, which stands in brackets and may itself hold blanks and brackets.
        package static func statFields(_ stat: String) -> [Substring]? {
            guard let bracket = stat.lastIndex(of: ")") else { return nil }
            let fields = stat[stat.index(after: bracket)...].split(separator: " ")
            return fields.count > 21 ? fields : nil
        }

        /// When the system started, in seconds since 1970.
        private static func bootTime(_ stat: String) -> Double? {
            guard let line = stat.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }) else {
                return nil
            }
            return Double(line.dropFirst("btime ".count))
        }

        private static func openFilesLimit() -> Int? {
            var limit = rlimit()
            guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
            return Int(exactly: limit.rlim_cur)
        }

        /// The text of a file whose size the system does not tell beforehand.
        private static func text(ofFile path: String) -> String? {
            guard let file = fopen(path, "re") else { return nil }
            defer { fclose(file) }
            var bytes: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = fread(&chunk, 1, chunk.count, file)
                guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
                bytes += chunk[..<count]
            }
        }

        private static func entryCount(ofFolder path: String) -> Int {
            guard let folder = opendir(path) else { return 0 }
            defer { closedir(folder) }
            var count = 0
            while let entry = readdir(folder) {
                // `.`, `..` and the descriptor that lists them are not the process's.
                count += entry.pointee.d_name.0 == CChar(UInt8(ascii: ".")) ? 0 : 1
            }
            return max(0, count - 1)
        }
    }
#else
    extension ProcessFigures {
        /// The figures of this process; told on Linux alone.
        public static func current(root: String = "/proc") -> ProcessFigures? { nil }
    }
#endif
