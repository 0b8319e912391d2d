public import DigitRecognition
import Files

extension History {
    /// What a run calls it, in its folder.
    public static let fileName = "history.csv"

    /// Far more than the most epochs need.
    private static let largestFile = 64 << 20

    /// The history in the folder of a model's file, where a run has left one.
    public init?(besideModel path: String) {
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        guard
            let bytes = try? DurableFile.read(
                folder + Self.fileName, maximumByteCount: Self.largestFile)
        else { return nil }
        self.init(csv: String(decoding: bytes, as: UTF8.self))
    }
}
