/// Rows of comma-separated values (RFC 4180).
package enum CSVText {
    /// A row with the end of its line. Values with commas, quotation marks or ends of lines are put in quotation marks.
    package static func row(_ values: [String]) -> String {
        values.map(field).joined(separator: ",") + "\n"
    }

    private static func field(_ value: String) -> String {
        let isPlain = !value.unicodeScalars.contains { ",\"\n\r".unicodeScalars.contains($0) }
        return isPlain ? value : "\"" + value.replacing("\"", with: "\"\"") + "\""
    }
}
