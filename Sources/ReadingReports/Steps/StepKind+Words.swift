import DigitRecognition

extension ReadingStep.Kind {
    /// What was done, in a few words.
    var title: String {
        switch self {
        case .picture: "The picture"
        case .withoutPaper: "Light and paper taken out"
        case .ink: "Ink"
        case .withoutRules: "Rules and boxes taken out"
        case .pieces: "Pieces"
        case .strips: "Lines, straightened"
        case .digits: "Each digit"
        }
    }

    /// What was done, for somebody who does not know it.
    /// - Parameter isSingle: Whether the picture was read as one digit.
    func sentence(isSingle: Bool) -> String {
        switch self {
        case .picture:
            "This is the picture as it was given."
        case .withoutPaper:
            "Each pixel is compared with the paper around it: shadows and the paper's colour are gone, and what stands out is dark."
        case .ink:
            "What stands out more than the paper's grain is ink: black is a whole stroke, white is none."
        case .withoutRules:
            isSingle
                ? "What is straight, thin and longer than any stroke of a digit is a rule or a box, and is taken out; along the picture's edge all "
                    + "that lies beyond goes with it."
                : "What is straight, thin and longer than any stroke of a digit is a rule or a box, and is taken out."
        case .pieces:
            isSingle
                ? "Ink that hangs together is a piece. The largest near the middle is the digit, with what belongs to it; specks stay away."
                : "Ink that hangs together is a piece, and pieces side by side are a line. Each line has a colour; grey ink is in none that "
                    + "was read."
        case .strips:
            "Each line is cut out and straightened, 32 pixels high. The network goes through it from left to right and says where it sees "
                + "a digit, and which."
        case .digits:
            isSingle
                ? "This is what the network sees: the digit in 20×20 pixels, its centre of mass in the middle of 28×28, as those it learnt "
                    + "from, or a small picture as it is where that says more. It looks at the digit a little narrower and wider, too; the "
                    + "bars show how likely it finds each digit in the mean."
                : "Each digit cut from its line: in 20×20 pixels, its centre of mass in the middle of 28×28. The bars show how likely the "
                    + "network found each digit when it saw the line."
        }
    }
}
