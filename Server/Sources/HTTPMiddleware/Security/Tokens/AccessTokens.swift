import Foundation

/// The tokens that are accepted, by name; kept as digests.
public struct AccessTokens: Sendable {
    private let tokens: [(name: String, digest: TokenDigest)]

    /// The tokens of a file's text: a name and 64 hexadecimal digits a line; empty lines and those that begin with `#` are
    /// skipped.
    ///
    /// - Throws: ``AccessTokenError`` for other lines, a name that comes twice, or no token at all.
    public init(parsing text: String) throws(AccessTokenError) {
        var tokens: [(name: String, digest: TokenDigest)] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            let fields = line.split { $0 == " " || $0 == "\t" }
            guard let name = fields.first, !name.hasPrefix("#") else { continue }
            guard fields.count == 2, AccessToken.isName(name),
                let digest = TokenDigest(hexadecimal: fields[1])
            else { throw .line(index + 1) }
            guard !tokens.contains(where: { $0.name == name }) else {
                throw .repeatedName(String(name), line: index + 1)
            }
            tokens.append((String(name), digest))
        }
        guard !tokens.isEmpty else { throw .empty }
        self.tokens = tokens
    }

    /// The name of a token that was sent; `nil` if it is none of these. All are compared, so that the time tells nothing.
    func name(of token: some StringProtocol) -> String? {
        let digest = TokenDigest(of: token)
        var name: String?
        for candidate in tokens where candidate.digest.isEqual(digest) {
            name = candidate.name
        }
        return name
    }
}

extension AccessTokens {
    /// The tokens of a file.
    ///
    /// - Throws: ``AccessTokenError`` for a file that cannot be read or has other lines in it.
    public init(contentsOfFile path: String) throws(AccessTokenError) {
        guard let bytes = FileManager.default.contents(atPath: path) else { throw .unreadable(path: path) }
        try self.init(parsing: String(decoding: bytes, as: UTF8.self))
    }
}
