import Foundation

/// The machine and the versions that numbers were taken with.
struct Circumstances: Codable, Sendable {
    let date: String
    let commit: String
    let processor: String
    let cores: Int
    let kernels: String
    let swift: String
    let system: String
}

/// One line of a file of results.
enum ResultLine: Codable, Sendable {
    /// The file's first line.
    case circumstances(Circumstances)
    /// A contestant that took part: name with version, and settings, as it told them.
    case contestant(key: String, name: String, settings: String)
    /// A contestant that is not installed here, or does not run here.
    case absent(key: String)
    /// What one turn of a contestant measured.
    case turn(key: String, turn: Int, values: [String: Double])
}

/// A file of results: JSON, one value a line.
struct ResultsFile {
    let url: URL

    init(_ name: String, in settings: RunSettings) {
        url = settings.results.appendingPathComponent("\(name).jsonl")
    }

    /// Replaces the file.
    func write(_ lines: [ResultLine]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = try lines.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }.joined()
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
    }

    /// The file's lines; nil where there is none.
    func read() throws -> [ResultLine]? {
        guard FileManager.default.fileExists(atPath: url.path) else { return nil }
        let text = try String(contentsOf: url, encoding: .utf8)
        return try text.split(separator: "\n").map {
            try JSONDecoder().decode(ResultLine.self, from: Data($0.utf8))
        }
    }
}
