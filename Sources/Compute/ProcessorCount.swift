import Files

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// How many processors this process may use.
package enum ProcessorCount {
    /// Processors that are online and that the process may run on (affinity, as `taskset` sets it), but no more than the quota of its
    /// control groups keeps busy, as containers have one; at least 1. Asked once.
    package static let available = count { path in
        (try? FileReader(path).peek(16 << 10)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The count by the files in which Linux tells it.
    /// - Parameter text: The contents of a file; nil where there is none.
    package static func count(reading text: (_ path: String) -> String?) -> Int {
        let count = min(usable(text) ?? Int(sysconf(CInt(_SC_NPROCESSORS_ONLN))), quota(text) ?? .max)
        return max(1, count)
    }

    /// Processors that are online and allowed.
    private static func usable(_ text: (String) -> String?) -> Int? {
        let label = "Cpus_allowed_list:"
        guard
            let line = text("/proc/self/status")?.split(separator: "\n").first(where: { $0.hasPrefix(label) }
            ),
            let allowed = numbers(in: line.dropFirst(label.count))
        else { return nil }
        let online = text("/sys/devices/system/cpu/online").flatMap { numbers(in: $0[...]) }
        return allowed.intersection(online ?? allowed).count
    }

    /// The numbers of a list such as `0-3,7`; nil where it is none.
    private static func numbers(in list: Substring) -> Set<Int>? {
        var numbers: Set<Int> = []
        for part in list.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            let bounds = part.split(separator: "-").compactMap { Int($0) }
            guard let first = bounds.first, let last = bounds.last, first <= last, last < 1 << 16 else {
                return nil
            }
            numbers.formUnion(first...last)
        }
        return numbers.isEmpty ? nil : numbers
    }
}

// MARK: - Control groups

extension ProcessorCount {
    /// Processors that the smallest quota keeps busy, rounded up; nil where there is no quota.
    private static func quota(_ text: (String) -> String?) -> Int? {
        // A line for each hierarchy, `number:controllers:path`; the one of version 2 names no controllers.
        let lines = text("/proc/self/cgroup")?.split(separator: "\n") ?? []
        return lines.flatMap { line -> [Int] in
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { return [] }
            let root = "/sys/fs/cgroup"
            if fields[1].isEmpty {
                let folders = folders(to: fields[2], in: [root, "\(root)/unified"])
                return folders.compactMap { share(in: text("\($0)/cpu.max")) }
            }
            guard fields[1].split(separator: ",").contains("cpu") else { return [] }
            return folders(to: fields[2], in: ["\(root)/\(fields[1])", "\(root)/cpu"]).compactMap { folder in
                guard let quota = text("\(folder)/cpu.cfs_quota_us") else { return nil }
                return share(in: text("\(folder)/cpu.cfs_period_us").map { "\(quota) \($0)" })
            }
        }.min()
    }

    /// A group's folder and those that it lies in: a quota of theirs counts, too. A container may see its own group as the root.
    private static func folders(to group: Substring, in roots: [String]) -> [String] {
        let names = group.split(separator: "/")
        return roots.flatMap { root in
            (0...names.count).map { depth in
                ([root] + names.prefix(depth).map(String.init)).joined(separator: "/")
            }
        }
    }

    /// Processors that a quota and a period, both in microseconds, come to; nil where they are none, as `max 100000` and `-1 100000`.
    private static func share(in text: String?) -> Int? {
        let numbers = text?.split(whereSeparator: \.isWhitespace).map { Int($0) } ?? []
        guard numbers.count == 2, let quota = numbers[0], let period = numbers[1], quota > 0, period > 0
        else { return nil }
        return (quota - 1) / period + 1
    }
}
