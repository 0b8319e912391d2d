import DigitRecognition
import Foundation

extension Circumstances {
    /// Those of this moment.
    static func now(in settings: RunSettings) throws -> Circumstances {
        let git = ["git", "-C", settings.folder.path]
        let changed = try !output(of: git + ["status", "--porcelain", "--untracked-files=no"]).isEmpty
        return Circumstances(
            date: Date.now.formatted(.iso8601),
            commit: try output(of: git + ["rev-parse", "--short", "HEAD"]) + (changed ? " with changes" : ""),
            processor: processor, cores: Model.processorCount, kernels: Kernels.best.name,
            swift: try output(of: ["swift", "--version"]).split(separator: "\n").first.map(String.init) ?? "",
            system: ProcessInfo.processInfo.operatingSystemVersionString)
    }

    /// The processor's name as Linux tells it.
    private static var processor: String {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
        return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "unknown processor"
    }

    /// What a program prints.
    private static func output(of command: [String]) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
