/// The bytes of a file, which may say anything: every read is checked, and nil beyond the end.
struct ByteView {
    enum Order { case little, big }

    /// For a library's functions; they live as long as the call that lent them.
    let bytes: UnsafeBufferPointer<UInt8>

    var count: Int { bytes.count }

    subscript(place: Int) -> UInt8? {
        place >= 0 && place < bytes.count ? bytes[place] : nil
    }

    /// An unsigned number of up to eight bytes; one that would be beyond `Int` comes out negative.
    func number(at place: Int, bytes width: Int, _ order: Order) -> Int? {
        guard let part = part(from: place, count: width) else { return nil }
        let digits = part.bytes
        return switch order {
        case .little: digits.reversed().reduce(0) { $0 << 8 | Int($1) }
        case .big: digits.reduce(0) { $0 << 8 | Int($1) }
        }
    }

    /// The bytes from a place on: as many, or all where no count is given.
    func part(from place: Int, count: Int? = nil) -> ByteView? {
        guard place >= 0, place <= bytes.count else { return nil }
        let count = count ?? bytes.count - place
        guard count >= 0, count <= bytes.count - place else { return nil }
        return ByteView(bytes: UnsafeBufferPointer(rebasing: bytes[place..<place + count]))
    }

    func begins(with signature: [UInt8]) -> Bool {
        bytes.starts(with: signature)
    }

    /// Whether a text in ASCII is at a place.
    func has(_ text: String, at place: Int) -> Bool {
        part(from: place)?.bytes.starts(with: text.utf8) ?? false
    }
}
