extension PenForm {
    /// Latin letters, those left out that are written like a digit: B, D, G, I, J, O, Q, S, Y, Z, b, g, i, l, o, q, s, y, z.
    static let letters: [PenForm] = [
        PenForm(
            "A", share: 1, PenStroke("0,100 20,50 38,0| 58,50 76,100", "6,100 22,48 44,2| 56,50 68,100"),
            PenStroke("12,64 38,62 66,62", "10,70 38,64 70,60")),
        PenForm("C", share: 1, PenStroke("72,14 44,0 12,20 4,54 16,90 46,100 74,84")),
        PenForm(
            "E", share: 1, PenStroke("70,2 36,2 8,2| 8,50 8,98| 40,98 72,98"), PenStroke("8,50 34,48 58,48")),
        PenForm("F", share: 1, PenStroke("72,2 38,2 8,2| 8,50 8,100"), PenStroke("8,48 34,46 56,46")),
        PenForm(
            "H", share: 1, PenStroke("6,0 6,50 6,100"), PenStroke("66,0 66,50 66,100"),
            PenStroke("6,52 36,50 66,50")),
        PenForm("K", share: 1, PenStroke("8,0 8,50 8,100"), PenStroke("68,2 38,30 10,56| 40,76 72,100")),
        PenForm("L", share: 1, PenStroke("10,0 8,50 6,98| 36,98 70,96")),
        PenForm("M", share: 1, PenStroke("4,100 8,50 12,2| 26,36 40,66| 54,36 70,2| 74,50 78,100")),
        PenForm("N", share: 1, PenStroke("6,100 8,50 10,2| 36,50 64,98| 66,50 68,0")),
        PenForm("P", share: 1, PenStroke("8,0 8,50 8,100"), PenStroke("8,6 40,0 64,20 50,44 10,50")),
        PenForm(
            "R", share: 1, PenStroke("8,0 8,50 8,100"), PenStroke("8,6 40,0 62,18 48,42 10,48| 40,74 70,100")),
        PenForm("T", share: 1, PenStroke("2,4 38,3 76,2"), PenStroke("40,4 38,50 36,100")),
        PenForm("U", share: 1, PenStroke("6,0 4,60 18,94 44,98 66,70 70,2")),
        PenForm("V", share: 1, PenStroke("2,0 20,50 36,100| 54,50 74,0")),
        PenForm("W", share: 1, PenStroke("0,0 10,50 20,98| 32,60 44,30| 56,64 66,98| 78,50 92,0")),
        PenForm("X", share: 1, PenStroke("4,2 38,50 74,100"), PenStroke("72,0 38,50 2,100")),
        PenForm("a", share: 1, PenStroke("60,46 36,38 12,58 14,88 36,98 58,80 62,48| 62,74 76,98")),
        PenForm("c", share: 1, PenStroke("60,52 38,40 14,60 14,86 38,100 62,90")),
        PenForm("d", share: 1, PenStroke("60,52 36,42 10,60 14,90 40,98 60,80 66,0| 64,60 74,98")),
        PenForm("e", share: 1, PenStroke("8,70 36,68 62,60 52,42 28,40 8,64 14,92 40,100 68,86")),
        PenForm("f", share: 1, PenStroke("58,8 40,4 30,24 26,60 20,108"), PenStroke("8,46 30,44 54,42")),
        PenForm("h", share: 1, PenStroke("14,0 12,50 10,100| 14,70 34,50 54,60 56,100")),
        PenForm("k", share: 1, PenStroke("12,0 12,50 12,100"), PenStroke("56,46 34,62 14,74| 34,86 60,100")),
        PenForm(
            "m", share: 1, PenStroke("4,50 6,74 6,100| 8,66 22,48 34,58 34,100| 36,66 52,48 64,58 66,100")),
        PenForm("n", share: 1, PenStroke("8,50 10,74 10,100| 12,70 34,48 54,58 58,100")),
        PenForm("p", share: 1, PenStroke("10,46 10,90 8,130"), PenStroke("10,60 36,44 58,62 46,92 12,94")),
        PenForm("r", share: 1, PenStroke("12,48 14,74 14,100| 16,68 32,50 54,54")),
        PenForm("t", share: 1, PenStroke("34,14 30,60 36,94 58,96"), PenStroke("10,44 34,42 60,40")),
        PenForm("u", share: 1, PenStroke("10,46 10,80 28,98 52,88 60,46| 60,74 70,100")),
        PenForm("v", share: 1, PenStroke("8,46 22,74 36,100| 50,72 64,44")),
        PenForm("w", share: 1, PenStroke("2,46 10,74 20,100| 32,76 42,56| 52,76 62,100| 74,72 84,44")),
        PenForm("x", share: 1, PenStroke("8,46 36,72 64,100"), PenStroke("62,44 36,72 8,102")),
    ]

    /// Those that are written like a digit: only among others are they none.
    static let digitLikeLetters: [PenForm] = [
        PenForm(
            "B", share: 1, PenStroke("8,0 8,50 8,100"),
            PenStroke("8,4 40,0 58,20 44,44 10,48| 50,50 66,74 46,98 8,98")),
        PenForm("D", share: 1, PenStroke("8,0 8,50 8,100"), PenStroke("8,2 50,8 70,46 52,90 8,98")),
        PenForm(
            "G", share: 1, PenStroke("70,16 44,0 12,20 4,54 16,90 46,100 72,84| 72,70 72,56"),
            PenStroke("48,56 62,56 78,56")),
        PenForm(
            "I", share: 1, PenStroke("30,0 30,50 30,100"), PenStroke("10,0 30,0 50,0"),
            PenStroke("10,100 30,100 50,100")),
        PenForm("J", share: 1, PenStroke("52,0 52,50 50,82 30,100 8,84")),
        PenForm("O", share: 1, PenStroke("40,0 10,20 6,60 22,96 56,96 76,60 66,16 42,0")),
        PenForm(
            "Q", share: 1, PenStroke("40,0 10,20 6,60 22,96 56,96 76,60 66,16 42,0"),
            PenStroke("48,76 62,90 80,106")),
        PenForm("S", share: 1, PenStroke("66,14 40,0 14,16 26,44 56,56 66,80 40,100 8,86")),
        PenForm("Y", share: 1, PenStroke("4,0 20,26 36,48"), PenStroke("72,0 36,48 34,76 32,100")),
        PenForm("Z", share: 1, PenStroke("6,2 38,2 70,2| 38,50 4,98| 40,98 74,98")),
        PenForm("b", share: 1, PenStroke("12,0 12,50 12,98"), PenStroke("12,62 38,46 58,68 46,96 14,94")),
        PenForm("g", share: 1, PenStroke("58,50 34,42 10,62 20,92 46,88 58,56| 58,96 48,128 12,124")),
        PenForm("i", share: 1, PenStroke("24,46 24,74 24,100"), PenStroke("22,22 25,24 24,26")),
        PenForm("l", share: 1, PenStroke("20,0 18,50 22,92 38,98")),
        PenForm("o", share: 1, PenStroke("36,44 10,60 14,92 42,100 62,76 54,48 38,44")),
        PenForm("q", share: 1, PenStroke("58,50 34,42 10,62 20,92 46,88 58,56| 60,94 58,132")),
        PenForm("s", share: 1, PenStroke("54,50 32,42 14,56 30,72 52,84 38,100 8,94")),
        PenForm("y", share: 1, PenStroke("8,46 18,74 36,92"), PenStroke("62,46 44,84 30,118 6,126")),
        PenForm("z", share: 1, PenStroke("8,48 34,48 60,48| 34,74 6,98| 36,98 64,98")),
    ]
}
