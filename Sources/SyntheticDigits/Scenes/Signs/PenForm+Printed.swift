extension PenForm {
    /// The digits of a plain printed fount, 0 to 9, each in one form; they are drawn as they stand.
    static let printedDigits: [PenForm] = [
        PenForm("printed", share: 1, PenStroke("28,0 10,12 3,50 10,88 28,100 46,88 53,50 46,12 28,0")),
        PenForm("printed", share: 1, PenStroke("8,22 22,14 32,0| 32,50 32,100")),
        PenForm(
            "printed", share: 1, PenStroke("4,27 10,8 28,0 46,8 51,28 36,56 4,98| 30,98 54,98")),
        PenForm(
            "printed", share: 1,
            PenStroke("4,20 14,4 30,0 46,8 48,28 36,43 22,46| 42,50 53,66 49,88 30,100 12,95 2,78")),
        PenForm("printed", share: 1, PenStroke("42,100 42,50 42,2| 22,36 2,70| 30,70 58,70")),
        PenForm(
            "printed", share: 1,
            PenStroke("50,2 30,2 13,2| 10,24 6,50| 26,38 44,44 53,64 45,90 26,100 10,94 2,80")),
        PenForm(
            "printed", share: 1,
            PenStroke("49,16 40,3 26,1 9,20 3,58 10,88 28,100 46,90 52,68 42,46 26,42 10,52 4,66")),
        PenForm("printed", share: 1, PenStroke("2,2 28,2 54,2| 34,40 22,100")),
        PenForm(
            "printed", share: 1,
            PenStroke("28,0 12,8 10,30 28,44 46,30 44,8 28,0"),
            PenStroke("28,44 10,54 3,76 12,95 28,100 44,95 53,76 46,54 28,44")),
        PenForm(
            "printed", share: 1,
            PenStroke("7,84 16,97 30,99 47,80 53,42 46,12 28,0 10,10 4,32 14,54 30,58 46,48 52,34")),
    ]
}
