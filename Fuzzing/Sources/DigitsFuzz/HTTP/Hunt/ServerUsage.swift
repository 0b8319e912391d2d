import Foundation

/// What a server takes of the system.
struct ServerUsage {
    var megabytes: Int
    var descriptors: Int
}

extension ServerUsage {
    /// Nil where the system does not tell (it is not Linux), or the process is not known or has ended.
    init?(process: Int32?) {
        guard let process else { return nil }
        let folder = "/proc/\(process)"
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder + "/fd"),
            let status = try? String(contentsOfFile: folder + "/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let kilobytes = line.split(separator: " ").dropLast().last.flatMap({ Int($0) })
        else { return nil }
        (megabytes, descriptors) = (kilobytes * 1024 / 1_000_000, names.count)
    }
}
