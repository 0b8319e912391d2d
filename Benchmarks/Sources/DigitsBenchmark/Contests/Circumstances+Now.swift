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

    /// The processor as Linux tells it: `AMD EPYC (AuthenticAMD, family 25, model 17)`. The numbers tell its generation, which the
    /// names of virtual machines' leave out.
    private static var processor: String {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let facts = text.split(separator: "\n").map { line in
            line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        }
        func value(of name: String) -> String? { facts.first { $0.count == 2 && $0[0] == name }?[1] }
        let name = value(of: "model name") ?? "unknown processor"
        guard let vendor = value(of: "vendor_id"), let family = value(of: "cpu family"),
            let model = value(of: "model")
        else { return name }
        return "\(name) (\(vendor), family \(family), model \(model))"
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
