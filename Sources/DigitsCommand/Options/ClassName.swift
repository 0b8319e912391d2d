/// The name of a class, as it is typed.
enum ClassName {
    /// The number of the class of a name.
    static func number(of name: String, among names: [String]) throws(CommandFailure) -> Int {
        guard let number = names.firstIndex(of: name) else {
            throw .misuse(NearestName.unknown("class", name, among: names))
        }
        return number
    }
}
