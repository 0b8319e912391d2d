import Datasets
import Testing

@Suite struct SHA256Tests {
    // The examples of FIPS 180-4.
    @Test func hashesOfTheStandard() {
        #expect(
            SHA256.hash(of: "") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            SHA256.hash(of: "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func piecesGiveTheHashOfTheWhole() {
        let hash = SHA256()
        for piece in ["a", "", "bc"] {
            Array(piece.utf8).withUnsafeBytes { hash.update($0) }
        }
        #expect(hash.digest() == SHA256.hash(of: "abc"))
        Array("d".utf8).withUnsafeBytes { hash.update($0) }
        #expect(hash.digest() == SHA256.hash(of: "abcd"))
    }
}
