/// What can be wrong with a server's certificate.
public enum ServerCertificateError: Error, CustomStringConvertible, Sendable, Equatable {
    /// A file that holds no certificate in PEM form, or cannot be read.
    case certificate(path: String)
    /// A file that holds no private key in PEM form, has a passphrase, or cannot be read.
    case key(path: String)
    /// A key that is not the certificate's.
    case mismatch(certificatePath: String, keyPath: String)

    /// One sentence.
    public var description: String {
        switch self {
        case .certificate(let path):
            "\(path) is not a readable certificate: a PEM file with -----BEGIN CERTIFICATE----- was expected."
        case .key(let path):
            "\(path) is not a readable private key: a PEM file without a passphrase was expected."
        case .mismatch(let certificatePath, let keyPath):
            "The key in \(keyPath) does not belong to the certificate in \(certificatePath): give the key that it was made with."
        }
    }
}
