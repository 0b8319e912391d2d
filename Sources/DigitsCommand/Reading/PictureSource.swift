import DigitRecognition
import Files
import PlainText

/// A picture that somebody named, by itself or with others.
struct PictureSource: Sendable {
    /// Where the picture is.
    enum Contents: Sendable {
        /// In the file of the source's name.
        case file
        /// In standard input, which is read when the picture is.
        case standardInput
        /// In the pipe of the source's name, which is open and read when the picture is.
        case openPipe
        /// In these bytes.
        case bytes([UInt8])
        /// Nowhere.
        case none(PictureFailure)
    }

    /// What results call it: the file's path, or `-`.
    let name: String
    let contents: Contents

    /// The argument that means standard input.
    static let standardInput = "-"
}

// MARK: - Arguments

extension PictureSource {
    /// The pictures that arguments stand for: files, the pictures in folders, patterns that no shell has put names in place of, and
    /// standard input. What is no picture stands in its place, with the reason.
    static func all(named arguments: [String]) -> [PictureSource] {
        arguments.flatMap { argument in
            if argument == standardInput {
                return [PictureSource(name: argument, contents: .standardInput)]
            }
            do throws(FileError) {
                return try sources(at: argument)
            } catch {
                guard error.reason == .notFound else { return [none(argument, PictureFailure(error))] }
                return FileSystem.isPattern(argument)
                    ? matches(argument) : [none(argument, PictureFailure(reason: absence(of: argument)))]
            }
        }
    }

    private static func none(_ name: String, _ failure: PictureFailure) -> PictureSource {
        PictureSource(name: name, contents: .none(failure))
    }

    /// A file, or the pictures in a folder.
    private static func sources(at path: String) throws(FileError) -> [PictureSource] {
        switch try FileKind(of: path) {
        case .file: [PictureSource(name: path, contents: .file)]
        case .folder: try pictures(in: path)
        case .openPipe: [PictureSource(name: path, contents: .openPipe)]
        case .other:
            [
                none(
                    path,
                    PictureFailure(
                        reason: "This is a pipe or a device and no file. "
                            + "Give what comes out of it to 'digits read -', as in: digits read - < \(ShellText.quoted(path))"
                    ))
            ]
        }
    }

    private static func pictures(in folder: String) throws(FileError) -> [PictureSource] {
        let names = try Folder.names(in: folder).filter { !$0.hasPrefix(".") }
        let start = folder.hasSuffix("/") ? folder : folder + "/"
        let paths = NaturalOrder.sorted(names).map { start + $0 }.filter(isPicture)
        if !paths.isEmpty { return paths.map { PictureSource(name: $0, contents: .file) } }
        let reason =
            names.isEmpty
            ? "The folder is empty. Name one with pictures."
            : "There are no pictures in the folder, and the folders in it are not looked into. "
                + "Name the one with the pictures."
        return [none(folder, PictureFailure(reason: reason))]
    }

    /// What a shell would have named.
    private static func matches(_ pattern: String) -> [PictureSource] {
        let paths = NaturalOrder.sorted(FileSystem.paths(matching: pattern))
        if paths.isEmpty {
            return [none(pattern, PictureFailure(reason: "No file has a name like that. Check the path."))]
        }
        return paths.flatMap { path in
            do throws(FileError) {
                return try sources(at: path)
            } catch {
                return [none(path, PictureFailure(error))]
            }
        }
    }

    /// Whether a file's name promises a picture, or its contents are one.
    private static func isPicture(_ path: String) -> Bool {
        guard (try? FileKind(of: path)) == .file else { return false }
        return ImageFormat.isPromised(by: path) || ImageFormat(startOf: path) != nil
    }

    private static func absence(of path: String) -> String {
        let folder = DurableFile.directory(of: path)
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let names = (try? Folder.names(in: folder)) ?? []
        if names.contains(name) { return "This is a link to a file that is not there. Check where it leads." }
        let start = !path.contains("/") ? "" : folder == "/" ? "/" : folder + "/"
        let there = names.sorted().filter { FileSystem.exists(start + $0) }
        guard let near = NearestName.suggestion(for: name, among: there) else {
            return "There is no such file. Check the path."
        }
        return "There is no such file. Did you mean '\(start)\(near)'?"
    }
}

extension ImageFormat {
    /// Endings of picture files' names.
    static let fileExtensions = allCases.flatMap(\.fileExtensions)

    /// Whether a file's name ends as pictures' do.
    static func isPromised(by path: String) -> Bool {
        guard let dot = path.lastIndex(of: ".") else { return false }
        return fileExtensions.contains(path[path.index(after: dot)...].lowercased())
    }

    /// The format of a file by its contents; nil where it is no picture, or cannot be read.
    init?(contentsOf path: String) {
        guard (try? FileKind(of: path)) == .file else { return nil }
        self.init(startOf: path)
    }

    /// The same of what is known to be a file and no pipe, of which reading may wait for ever.
    fileprivate init?(startOf path: String) {
        guard let start = try? FileReader(path).peek(Self.signatureSize) else { return nil }
        self.init(fileStart: start)
    }
}
