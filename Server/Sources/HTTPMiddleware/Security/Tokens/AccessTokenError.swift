/// What can be wrong with a token's name or with a tokens file.
public enum AccessTokenError: Error, CustomStringConvertible, Sendable, Equatable {
    /// A name that cannot stand in the file.
    case name(String)
    /// A line that is not a name and a digest.
    case line(Int)
    /// A name that stands in the file twice.
    case repeatedName(String, line: Int)
    /// A file without a token: nobody could ask anything.
    case empty
    /// A file that cannot be read.
    case unreadable(path: String)

    /// One sentence.
    public var description: String {
        switch self {
        case .name(let name):
            "“\(name)” cannot name a token: use 1 to 64 letters, digits, dots, underscores and hyphens."
        case .line(let line):
            "Line \(line) of the tokens file is not a name and 64 hexadecimal digits: `digits-server token NAME` prints such a line."
        case .repeatedName(let name, let line):
            "Line \(line) of the tokens file names “\(name)” again: give each token its own name."
        case .unreadable(let path):
            "The tokens file \(path) cannot be read: give the path of a file that this user may read."
        case .empty:
            "The tokens file has no token: add the line that `digits-server token NAME` prints."
        }
    }
}
