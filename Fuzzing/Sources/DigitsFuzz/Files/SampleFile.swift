import Foundation

/// A small picture file that is read well, of every format: those that the package's tests compare with another program.
struct SampleFile: Decodable, Sendable {
    let name: String
    let bytes: [UInt8]

    private enum CodingKeys: String, CodingKey {
        case name
        case bytes = "file"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        bytes = Array(try container.decode(Data.self, forKey: .bytes))
    }

    /// Those of the checkout that this program was built in.
    static func all() throws -> [SampleFile] {
        let checkout = (0..<5).reduce(URL(fileURLWithPath: #filePath)) { url, _ in
            url.deletingLastPathComponent()
        }
        let file = checkout.appendingPathComponent("Tests/ImagingTests/Golden/pictures.json")
        return try JSONDecoder().decode([SampleFile].self, from: Data(contentsOf: file))
    }
}
