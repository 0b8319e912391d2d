import Logging

/// An event with all that is known of it, before it becomes bytes.
struct LogLine {
    let time: Timestamp
    let level: Logger.Level
    let label: String
    let message: String
    let metadata: Logger.Metadata

    /// The line's bytes with its end.
    func encoded(as format: LogFormat) -> [UInt8] {
        var text =
            switch format {
            case .json: json
            case .text: words
            }
        text.append("\n")
        return Array(text.utf8)
    }

    private var json: String {
        var text = "{\"time\":\"\(time.rfc3339)\",\"level\":\"\(level.rawValue)\",\"logger\":"
        text += EscapedText.json(label) + ",\"message\":" + EscapedText.json(message)
        if !metadata.isEmpty {
            text += ",\"metadata\":" + Self.json(.dictionary(metadata))
        }
        return text + "}"
    }

    private var words: String {
        var text =
            "\(time.rfc3339) \(level.rawValue) \(EscapedText.plain(label)): \(EscapedText.plain(message))"
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            text += " \(EscapedText.word(key))=" + Self.word(value)
        }
        return text
    }

    private static func json(_ value: Logger.MetadataValue) -> String {
        switch value {
        case .string(let text): EscapedText.json(text)
        case .stringConvertible(let value): EscapedText.json(value.description)
        case .array(let values): "[" + values.map(json).joined(separator: ",") + "]"
        case .dictionary(let values):
            "{"
                + values.sorted { $0.key < $1.key }
                .map { EscapedText.json($0.key) + ":" + json($0.value) }.joined(separator: ",") + "}"
        }
    }

    /// A list or a dictionary is told as JSON, which has no end of line in it.
    private static func word(_ value: Logger.MetadataValue) -> String {
        switch value {
        case .string(let text): EscapedText.word(text)
        case .stringConvertible(let value): EscapedText.word(value.description)
        case .array, .dictionary: json(value)
        }
    }
}
