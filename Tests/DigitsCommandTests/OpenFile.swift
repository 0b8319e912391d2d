import DigitsCommand
import Foundation

/// A file that is open for reading and writing while the value lives; a new temporary one unless a path is given.
final class OpenFile {
    let descriptor: Int32
    private let handle: FileHandle
    private let temporaryPath: String?

    init(path: String) throws {
        handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        descriptor = handle.fileDescriptor
        temporaryPath = nil
    }

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data().write(to: url)
        handle = try FileHandle(forUpdating: url)
        descriptor = handle.fileDescriptor
        temporaryPath = url.path
    }

    /// All that was written.
    func text() throws -> String {
        try handle.seek(toOffset: 0)
        return String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
    }

    /// A stream that writes here and claims to be a terminal, or not.
    func stream(isTerminal: Bool, columns: Int = 200) -> TerminalStream {
        TerminalStream(
            descriptor: descriptor, isTerminal: isTerminal, terminalColumns: columns
        ) { $0 == "TERM" ? "xterm-256color" : nil }
    }

    deinit {
        try? handle.close()
        if let temporaryPath { try? FileManager.default.removeItem(atPath: temporaryPath) }
    }
}
