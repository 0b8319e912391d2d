/// What stands among digits or beside them and is none, as a pen writes it in the proportions of a digit.
struct Mark {
    let form: PenForm

    private init(_ name: String, _ strokes: PenStroke...) {
        form = PenForm(name, share: 1, strokes)
    }
}

extension Mark {
    static let fullStop = Mark(
        "full stop", PenStroke("40,97 43,98 42,100", "38,95 46,97 44,103"))
    static let comma = Mark(
        "comma", PenStroke("42,94 42,104 34,116", "44,96 41,106 36,112", "46,90 42,106 26,124"))
    static let apostrophe = Mark(
        "apostrophe", PenStroke("42,-4 40,8 36,18", "44,0 42,6 38,14"))
    static let dash = Mark(
        "dash", PenStroke("10,52 38,52 70,50", "18,56 38,54 62,54", "4,46 40,50 80,48"))
    static let longDash = Mark(
        "long dash", PenStroke("0,52 70,50 160,54", "0,50 60,48 120,50", "0,56 110,50 240,44"))
    static let equals = Mark(
        "equals", PenStroke("8,40 38,39 72,38", "4,44 38,42 76,42"),
        PenStroke("8,64 38,63 72,62", "6,62 38,60 74,60"))
    static let hash = Mark(
        "hash", PenStroke("32,4 26,50 18,98"), PenStroke("62,2 56,50 48,98"),
        PenStroke("4,36 40,34 78,32"), PenStroke("2,66 38,64 74,62"))
    static let dollar = Mark(
        "dollar", PenStroke("68,20 40,6 14,22 28,44 54,54 68,76 40,94 8,82"),
        PenStroke("42,-8 40,50 38,110"))
    static let asterisk = Mark(
        "asterisk", PenStroke("40,26 40,50 40,76"), PenStroke("18,36 40,50 62,66"),
        PenStroke("62,36 40,50 18,66"))
    static let slash = Mark(
        "slash", PenStroke("74,-10 40,50 6,114", "66,-4 40,50 14,110"))
    static let euro = Mark(
        "euro", PenStroke("74,14 48,2 20,22 14,54 24,88 50,98 74,86"),
        PenStroke("2,42 30,40 58,40"),
        PenStroke("2,60 30,58 54,58"))
    static let plus = Mark(
        "plus", PenStroke("40,24 40,52 40,80"), PenStroke("12,52 40,52 68,52"))
    static let colon = Mark(
        "colon", PenStroke("40,42 43,43 42,46"), PenStroke("40,94 43,95 42,98"))
    static let doubleSlash = Mark(
        "double slash", PenStroke("54,-6 30,50 6,108"), PenStroke("84,-6 60,50 36,108"))
    static let wave = Mark(
        "wave", PenStroke("0,54 24,42 52,60 84,44 116,60 150,46", "0,50 30,40 60,58 90,44 130,56 190,50"))
    static let check = Mark(
        "check", PenStroke("2,58 16,74 28,96| 56,40 96,-4", "6,66 18,78 26,94| 50,50 78,10"))

    /// Those that are no digit when they are seen by themselves and enlarged, as a comma is a 1.
    static let unlikeDigits: [Mark] = [
        .fullStop, .dash, .longDash, .equals, .hash, .dollar, .asterisk, .euro, .plus, .colon, .wave, .check,
    ]
}
