#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A moment, to the nanosecond.
public struct Timestamp: Sendable, Equatable {
    /// Whole seconds since 1970, in UTC.
    public let seconds: Int
    /// The rest, 0 to 999,999,999.
    public let nanoseconds: Int

    /// A moment.
    ///
    /// - Parameters:
    ///   - seconds: whole seconds since 1970.
    ///   - nanoseconds: the rest, 0 to 999,999,999.
    public init(seconds: Int, nanoseconds: Int) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// The system's clock.
    @Sendable public static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(seconds: time.tv_sec, nanoseconds: time.tv_nsec)
    }

    /// The moment as RFC 3339 has it, in UTC with microseconds: `2026-11-30T19:18:17.123456Z`.
    public var rfc3339: String {
        let (day, second) = seconds.quotientAndRemainder(flooringBy: 86_400)
        let (year, month, dayOfMonth) = Self.date(daysSince1970: day)
        return Self.digits(year, 4) + "-" + Self.digits(month, 2) + "-" + Self.digits(dayOfMonth, 2) + "T"
            + Self.digits(second / 3600, 2) + ":" + Self.digits(second / 60 % 60, 2) + ":"
            + Self.digits(second % 60, 2) + "." + Self.digits(nanoseconds / 1000, 6) + "Z"
    }

    /// A day of the Gregorian calendar, counted in years that begin in March so that the leap day comes last.
    ///
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2014, `civil_from_days`.
    private static func date(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = (days + 719_468).quotientAndRemainder(flooringBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func digits(_ value: Int, _ count: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}

extension Int {
    /// Quotient and remainder, which is never negative.
    fileprivate func quotientAndRemainder(flooringBy divisor: Int) -> (Int, Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
