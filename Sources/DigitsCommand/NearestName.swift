/// Finds the name that somebody meant.
package enum NearestName {
    /// The candidate with the fewest typing slips between it and `typed`; nil where none is near.
    ///
    /// Near is at most a third of the letters, and at least one slip: `tran` is near `train`, `lenet` near `lenet5`,
    /// `xyz` near nothing. Where none is near, a candidate is meant whose first letters, three or more, were typed: `unit`
    /// of `unit-range`. Of equally near candidates the first wins. Capitals make no difference.
    package static func suggestion(for typed: String, among candidates: [String]) -> String? {
        let near = candidates.map { name in
            (name: name, slips: distance(typed.lowercased(), name.lowercased()))
        }.filter { candidate in
            candidate.slips <= max(1, max(typed.count, candidate.name.count) / 3)
        }
        let longer = candidates.filter { typed.count > 2 && $0.hasPrefix(typed.lowercased()) }
        return near.min { $0.slips < $1.slips }?.name ?? longer.first
    }

    /// `Unknown recipe 'notbook'. Did you mean 'notebook'?`, or the list of all names where none is near.
    package static func unknown(_ kind: String, _ typed: String, among candidates: [String]) -> String {
        if let suggestion = suggestion(for: typed, among: candidates) {
            return "Unknown \(kind) '\(typed)'. Did you mean '\(suggestion)'?"
        }
        return "Unknown \(kind) '\(typed)'. There are: \(candidates.joined(separator: ", "))."
    }

    /// The number of insertions, deletions, replacements and swaps of neighbours that turn one word into the other,
    /// no letter being touched twice ("optimal string alignment").
    ///
    /// F. J. Damerau, "A technique for computer detection and correction of spelling errors", 1964,
    /// doi:10.1145/363958.363994.
    package static func distance(_ first: String, _ second: String) -> Int {
        let a = Array(first)
        let b = Array(second)
        var beforePrevious: [Int] = []
        var previous = Array(0...b.count)
        for i in a.indices {
            var current = [i + 1]
            for j in b.indices {
                var slips = min(
                    previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                    slips = min(slips, beforePrevious[j - 1] + 1)
                }
                current.append(slips)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[b.count]
    }
}
