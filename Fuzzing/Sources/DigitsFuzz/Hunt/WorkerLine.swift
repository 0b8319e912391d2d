import Foundation

/// What a worker says.
enum WorkerLine: Equatable {
    /// The case of this number is tried now.
    case begins(Int)
    /// Nothing was wrong with it. It took so long, and the process so much memory.
    case fine(ProcessUsage)
    /// What was wrong with it, in a sentence.
    case fault(String)

    /// As bytes of its output.
    var data: Data {
        switch self {
        case .begins(let number): Data("case \(number)\n".utf8)
        case .fine(let usage): Data("fine \(usage.megabytes) \(usage.seconds)\n".utf8)
        case .fault(let sentence): Data("fault \(sentence.replacing("\n", with: " "))\n".utf8)
        }
    }

    /// Nil for any other line.
    init?(_ line: String) {
        let words = line.split(separator: " ")
        if words.first == "fine", words.count == 3, let megabytes = Int(words[1]),
            let seconds = Double(words[2])
        {
            self = .fine(ProcessUsage(megabytes: megabytes, seconds: seconds))
        } else if line.hasPrefix("case "), let number = Int(line.dropFirst(5)) {
            self = .begins(number)
        } else if line.hasPrefix("fault ") {
            self = .fault(String(line.dropFirst(6)))
        } else {
            return nil
        }
    }
}
