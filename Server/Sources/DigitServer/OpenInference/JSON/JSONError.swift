/// Why bytes are not the JSON (RFC 8259) that was asked for.
package struct JSONError: Error, Equatable, CustomStringConvertible {
    /// What is wrong, as a part of a sentence.
    let reason: String
    /// The byte at which it was seen, from 0.
    let offset: Int

    /// What happened, and where.
    package var description: String { "The JSON cannot be read: at byte \(offset), \(reason)." }
}
