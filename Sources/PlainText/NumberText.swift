/// Numbers as people read them: always with a point and English grouping, whatever the locale, and without the
/// cost of loading a formatter.
package enum NumberText {
    /// `1234567` → `1,234,567`.
    package static func grouped(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var text = number < 0 ? "-" : ""
        for (position, digit) in digits.enumerated() {
            if position > 0 && (digits.count - position) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// A number with a fixed count of decimals, rounded half away from zero; `nan` and `inf` as they are.
    /// - Parameter decimals: 0…9.
    package static func fixed(_ value: Double, decimals: Int) -> String {
        precondition((0...9).contains(decimals), "Decimals are 0…9, not \(decimals).")
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (value.magnitude * scale).rounded()
        // Above 2^53 the neighbouring doubles are whole numbers apart and decimals mean nothing.
        guard scaled < 9_007_199_254_740_992 else { return String(value) }
        let digits = String(Int(scaled))
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + digits }
        let padded = padded(digits, to: decimals + 1)
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// A share as a percentage: `0.98512` → `98.51%`.
    package static func percent(_ share: Double, decimals: Int = 2) -> String {
        fixed(share * 100, decimals: decimals) + "%"
    }

    /// A time in seconds: `0.85 s`, `12.3 s`, `2 min 05 s`, `1 h 02 min`.
    package static func duration(_ seconds: Double) -> String {
        if seconds < 9.995 { return fixed(seconds, decimals: 2) + " s" }
        if seconds < 59.95 { return fixed(seconds, decimals: 1) + " s" }
        // A rate of zero images a second gives an endless estimate.
        guard seconds < 1e9 else { return "unknown" }
        let whole = Int(seconds.rounded())
        if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
        return "\(whole / 3600) h \(twoDigits(whole / 60 % 60)) min"
    }

    /// A remaining time as a clock shows it: `0:07`, `2:05`, `1:02:05`; `-:--` where it is unknown.
    package static func clock(_ seconds: Double) -> String {
        guard seconds >= 0 && seconds < 1e9 else { return "-:--" }
        let whole = Int(seconds.rounded(.up))
        let tail = "\(twoDigits(whole % 60))"
        if whole < 3600 { return "\(whole / 60):\(tail)" }
        return "\(whole / 3600):\(twoDigits(whole / 60 % 60)):\(tail)"
    }

    /// A size in decimal units: `999 bytes`, `1.5 kB`, `47.0 MB`.
    package static func bytes(_ count: Int) -> String {
        if count < 1000 { return count == 1 ? "1 byte" : "\(count) bytes" }
        var value = Double(count) / 1000
        for unit in ["kB", "MB", "GB"] {
            // 999.95 would be printed as 1000.0.
            if value < 999.95 { return fixed(value, decimals: 1) + " " + unit }
            value /= 1000
        }
        return fixed(value, decimals: 1) + " TB"
    }

    /// A number, or the text of one, without a trailing `.0`: `2.0` → `2`.
    package static func plain(_ number: some LosslessStringConvertible) -> String {
        let text = number.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// A number in lower-case hexadecimal digits, with zeros before it: `10` → `0a`.
    /// - Parameter digits: The fewest digits.
    package static func hexadecimal(_ number: some UnsignedInteger, digits: Int) -> String {
        padded(String(number, radix: 16), to: digits)
    }

    /// Digits with zeros before them: `7` → `0007`.
    /// - Parameter count: The fewest digits.
    package static func padded(_ digits: String, to count: Int) -> String {
        String(repeating: "0", count: max(0, count - digits.count)) + digits
    }

    private static func twoDigits(_ number: Int) -> String { padded(String(number), to: 2) }
}
