/// What is wrong with a sentence for people; nil where nothing is.
func sentenceFault(_ sentence: String) -> String? {
    guard sentence.hasSuffix("."), sentence.count > 20 else { return "This is no sentence: '\(sentence)'" }
    guard sentence.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F && $0 != "\u{FFFD}" })
    else { return "This has what no text has: \(sentence.debugDescription)" }
    guard sentence.count <= 400 else { return "This is too long for a sentence: '\(sentence)'" }
    return nil
}
