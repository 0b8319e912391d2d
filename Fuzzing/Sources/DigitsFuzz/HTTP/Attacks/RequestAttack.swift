/// A way to make a request hostile whose end the server still sees where it is: there is one answer, and the connection goes on.
enum RequestAttack: CaseIterable {
    /// There is nothing wrong.
    case none
    /// Bytes of the body are others.
    case body
    /// JSON is damaged.
    case json
    /// The JSON before tensors is longer or shorter than it is told.
    case headerLength
    /// A tensor has more or fewer bytes than it is told.
    case tensorSize
    /// The body is compressed, and mostly damaged.
    case compression
    /// The body comes in chunks.
    case chunks
    /// The path or the query is another.
    case target
    /// A field is one that programs get wrong.
    case field
    /// There are too many fields, or too long ones.
    case headerFlood
    /// The method is another.
    case method

    /// The bytes of a hostile request, and what is expected of its answer.
    func applied(
        to requests: ValidRequests, random: inout some RandomNumberGenerator
    ) -> (bytes: [UInt8], due: HTTPRequest.DueAnswer) {
        var request = requests.posts.randomElement(using: &random)!
        var framing = HTTPRequest.Framing.length
        switch self {
        case .none: request = requests.all.randomElement(using: &random)!
        case .body:
            let other = requests.posts.randomElement(using: &random)!.body
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                request.body = FileMutation.allCases.randomElement(using: &random)!
                    .applied(to: request.body, other: other, random: &random)
            }
        case .json:
            request = requests.withJSON.randomElement(using: &random)!
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                request.body = JSONMutation.allCases.randomElement(using: &random)!
                    .applied(to: request.body, random: &random)
            }
        case .headerLength:
            request = requests.withTensors.randomElement(using: &random)!
            let right = request.jsonByteCount ?? 0
            request.jsonByteCount = nil
            let others = [right - 1, right + 1, request.body.count, request.body.count + 1].map { String($0) }
            request.set(
                "Inference-Header-Content-Length", (Self.lengths + others).randomElement(using: &random)!)
        case .tensorSize:
            request = requests.withTensors.randomElement(using: &random)!
            Self.changeTensorSize(of: &request, random: &random)
        case .compression: Self.compress(&request, random: &random)
        case .chunks: framing = .chunks(Chunks.valid(request.body, random: &random))
        case .target:
            request = requests.all.randomElement(using: &random)!
            Self.changeTarget(of: &request, random: &random)
        case .field:
            request = requests.all.randomElement(using: &random)!
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                request.fields.append(HostileFields.all.randomElement(using: &random)!)
            }
        case .headerFlood:
            let (count, length) = [(49, 1), (60, 1), (500, 1), (1, 7000), (1, 9000), (3, 50_000), (40, 300)]
                .randomElement(using: &random)!
            let value = String(decoding: [UInt8](repeating: 0x61, count: length), as: UTF8.self)
            request.fields += (0..<count).map { ("X-\($0)", value) }
        case .method:
            request = requests.all.randomElement(using: &random)!
            request.method = [
                "PUT", "PATCH", "DELETE", "OPTIONS", "GET", "POST", "TRACE", "PROPFIND", "M-SEARCH",
            ]
            .randomElement(using: &random)!
        }
        if self != .none { request.statuses = [] }
        return (request.bytes(framing), request.due)
    }

    private static let lengths = [
        "-1", "0", "1", "", " ", "x", "+5", "5.0", "1e2", "0x10", "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999999", "5, 5",
    ]

    private static func changeTensorSize(
        of request: inout HTTPRequest, random: inout some RandomNumberGenerator
    ) {
        let name = Array(#""binary_data_size":"#.utf8)
        guard let start = request.body[...].place(of: name).map({ $0 + name.count }) else { return }
        let end = request.body[start...].firstIndex { !(0x30...0x39).contains($0) } ?? start
        let values =
            lengths.filter { !$0.isEmpty } + [
                "3135", "3137", "null", "[1]", "true", "3136,\"binary_data_size\":0",
            ]
        let value = values.randomElement(using: &random)!
        request.body.replaceSubrange(start..<end, with: value.utf8)
        request.jsonByteCount = request.jsonByteCount.map { $0 + value.utf8.count - (end - start) }
    }

    private static func compress(_ request: inout HTTPRequest, random: inout some RandomNumberGenerator) {
        let codings = [
            "gzip", "gzip", "deflate", "x-gzip", "identity", "br", "gzip, gzip", "gzip,deflate", "",
            "\"gzip\"",
        ]
        request.set("Content-Encoding", codings.randomElement(using: &random)!)
        let whole =
            Bool.random(using: &random)
            ? CompressedBytes.gzip(request.body) : CompressedBytes.zlib(request.body)
        request.body =
            switch Int.random(in: 0..<6, using: &random) {
            case 0: whole
            case 1:
                CompressedBytes.bomb(
                    copies: [10, 253, 254, 300, 1000, 35_000].randomElement(using: &random)!)
            case 2: whole + whole
            case 3: whole + [0, 1, 2, 3]
            default:
                FileMutation.allCases.randomElement(using: &random)!
                    .applied(to: whole, other: request.body, random: &random)
            }
    }

    private static func changeTarget(of request: inout HTTPRequest, random: inout some RandomNumberGenerator)
    {
        var target = request.target
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            let place = target.indices.randomElement(using: &random)!
            target.insert(contentsOf: targetParts.randomElement(using: &random)!, at: place)
        }
        request.target = Bool.random(using: &random) ? "/" + target : target
    }

    private static let targetParts = [
        "%", "%2", "%00", "%2e%2e", "%2F", "%FF", "%C0%AF", "..", ".", "//", "?", "&", "=", "#a", ";",
        ":", "+", "*", "@",
        "{", "[]", "%25%32%66", String(repeating: "a", count: 3000), String(repeating: "/a", count: 1000),
        String(repeating: "&a=b", count: 1000), "?single=true&single=false",
        "?length=9999999999999999999", "?page=0",
        "?min-confidence=nan", "/versions/99999999999999999999", ":predict", "http://a/", "\u{E9}",
    ]
}
