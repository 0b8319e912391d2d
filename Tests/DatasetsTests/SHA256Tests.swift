import Datasets
import Foundation
import Testing

@Suite struct SHA256Tests {
    /// The hash of the pieces one after another.
    private func hash(_ pieces: some Sequence<[UInt8]>) throws -> String {
        let hash = try SHA256()
        for piece in pieces { piece.withUnsafeBytes { hash.update($0) } }
        return hash.digest()
    }

    // The examples of FIPS 180-4, and the longer ones of its first edition.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ])
    func hashesOfTheStandard(text: String, expected: String) throws {
        #expect(try SHA256.hash(of: text) == expected)
    }

    /// Blocks are of 64 bytes, and the end takes 9.
    @Test(arguments: [1, 7, 55, 56, 63, 64, 65, 128, 199])
    func piecesGiveTheHashOfTheWhole(size: Int) throws {
        let message = (0..<200).map { UInt8($0 * 7 % 256) }
        let pieces = stride(from: 0, to: 200, by: size).map { Array(message[$0..<min($0 + size, 200)]) }
        #expect(try hash([[]] + pieces + [[]]) == hash([message]))
    }

    @Test func aMessageGoesOnAfterItsHashWasAsked() throws {
        let hash = try SHA256()
        Array("abc".utf8).withUnsafeBytes { hash.update($0) }
        #expect(try hash.digest() == SHA256.hash(of: "abc"))
        #expect(try hash.digest() == SHA256.hash(of: "abc"))
        Array("d".utf8).withUnsafeBytes { hash.update($0) }
        #expect(try hash.digest() == SHA256.hash(of: "abcd"))
    }

    /// A configuration in which nothing but the provider without algorithms is active.
    @Test func aConfigurationWithoutSHA256IsAnError() async {
        await #expect(processExitsWith: .success) {
            let configuration = FileManager.default.temporaryDirectory
                .appending(path: "openssl-\(UUID().uuidString).cnf")
            let lines = [
                "openssl_conf = start", "[start]", "providers = providers", "[providers]", "null = none",
                "[none]",
                "activate = 1", "",
            ]
            try Data(lines.joined(separator: "\n").utf8).write(to: configuration)
            defer { try? FileManager.default.removeItem(at: configuration) }
            setenv("OPENSSL_CONF", configuration.path, 1)
            let error = #expect(throws: DatasetError.self) { try SHA256() }
            guard case .hashUnavailable(let reason) = error else {
                Issue.record("\(String(describing: error)) is about something else.")
                return
            }
            #expect(reason == "unsupported")
        }
    }
}
