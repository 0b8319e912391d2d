package import HTTPTypes

/// Names of header fields for which the standard's package has no constants. Each is valid, so that none of them is `nil`.
extension HTTPField.Name {
    package static let crossOriginEmbedderPolicy = HTTPField.Name("Cross-Origin-Embedder-Policy")
    package static let crossOriginOpenerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")
    package static let referrerPolicy = HTTPField.Name("Referrer-Policy")
    package static let requestID = HTTPField.Name("X-Request-ID")
}

extension HTTPFields {
    /// The value of a field whose name was made from text; nothing for a name that is none.
    package subscript(name: HTTPField.Name?) -> String? {
        get { name.flatMap { self[$0] } }
        set {
            if let name { self[name] = newValue }
        }
    }
}
