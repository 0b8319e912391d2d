import HTTPMiddleware

/// `digits-server token NAME`
enum TokenCommand {
    /// Makes a token and shows it, the only time that it can be seen.
    /// - Throws: `AccessTokenError` for a name that cannot stand in the file.
    static func run(name: String) throws(AccessTokenError) {
        let token = try AccessToken(name: name)
        Console.tell(
            """
            Token, which is shown this once; the client sends it as “Authorization: Bearer …”:
            \(token.token)

            Line for the file that --tokens names:
            \(token.line)
            """)
    }
}
