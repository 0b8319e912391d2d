/// The name that somebody may have meant.
enum NearestName {
    /// The nearest of some names, if few letters differ: at most a third of them.
    static func of(_ name: String, among names: [String]) -> String? {
        let nearest = names.map { ($0, distance(name, $0)) }.min { $0.1 < $1.1 }
        guard let (candidate, distance) = nearest, distance <= max(1, min(name.count, candidate.count) / 3)
        else {
            return names.first { $0.hasPrefix(name) || name.hasPrefix($0) }
        }
        return candidate
    }

    /// How many letters are to be inserted, deleted or replaced (Levenshtein's distance).
    private static func distance(_ a: String, _ b: String) -> Int {
        let b = Array(b)
        var row = Array(0...b.count)
        for (i, character) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let replaced = diagonal + (character == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
