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

    /// How many letters are to be inserted, deleted, replaced, or swapped with their neighbour (Damerau's and Levenshtein's
    /// distance, where no part is changed twice).
    private static func distance(_ a: String, _ b: String) -> Int {
        let (a, b) = (Array(a), Array(b))
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var best = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    best = min(best, beforeLast[j - 1] + 1)
                }
                row.append(best)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
