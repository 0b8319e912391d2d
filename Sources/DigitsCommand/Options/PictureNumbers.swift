import ArgumentParser

/// Numbers of pictures as they are typed: `7`, `0-99`, or several such with commas between them.
struct PictureNumbers {
    /// In the order in which they were typed; none is negative.
    let ranges: [ClosedRange<Int>]

    /// Reads them; nil for any other text.
    init?(_ text: String) {
        var ranges: [ClosedRange<Int>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard (1...2).contains(ends.count), let first = ends.first ?? nil, let last = ends.last ?? nil,
                first <= last
            else { return nil }
            ranges.append(first...last)
        }
        self.ranges = ranges
    }
}

/// Which pictures of a data set, by their numbers.
struct IndexOption: ParsableArguments {
    @Option(
        name: .customLong("index"), parsing: .unconditionalSingleValue,
        help:
            "A picture's number, from 0, or several: 0-99 or 3,7,42. May be given several times.",
        transform: TypedValue.pictures)
    var numbers: [PictureNumbers] = []

    /// What was typed, in its order.
    var ranges: [ClosedRange<Int>] { numbers.flatMap(\.ranges) }
}
