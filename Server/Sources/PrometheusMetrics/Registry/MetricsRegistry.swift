import Synchronization

/// All time series, by name and labels.
final class MetricsRegistry: Sendable {
    /// A name and its time series.
    struct Entry: Sendable {
        let family: MetricFamily
        var series: [LabelSet: any MetricSeries]
    }

    private let entries = Mutex<[String: Entry]>([:])
    private let limit: Int

    /// - Parameter limit: label sets of a name, beyond which all further ones share one series.
    init(limit: Int) {
        self.limit = limit
    }

    /// The series of a family that has these labels, made if there is none.
    ///
    /// A name belongs to whoever uses it first: the series of another type under that name works, but is not told.
    func handler<Series: MetricSeries>(
        _ family: MetricFamily, labels: LabelSet, make: () -> Series
    ) -> Series {
        entries.withLock { entries in
            var entry = entries[family.name] ?? Entry(family: family, series: [:])
            guard entry.family.kind == family.kind else { return make() }

            var key = labels
            if entry.series[labels] == nil, entry.series.count >= limit {
                key = labels.others
            }
            if let series = entry.series[key] {
                return series as? Series ?? make()
            }
            let series = make()
            entry.series[key] = series
            entries[family.name] = entry
            return series
        }
    }

    /// Forgets a series.
    func remove(_ handler: AnyObject) {
        entries.withLock { entries in
            for (name, entry) in entries {
                guard let labels = entry.series.first(where: { $0.value === handler })?.key else { continue }
                entries[name]?.series[labels] = nil
                if entry.series.count == 1 {
                    entries[name] = nil
                }
                return
            }
        }
    }

    /// All names with their series, in the order of the names.
    func families() -> [Entry] {
        entries.withLock { Array($0.values) }.sorted { $0.family.name < $1.family.name }
    }
}
