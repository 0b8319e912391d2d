import DigitRecognition
import Files
import PlainText

extension ReadCommand {
    /// What to say to somebody who named a picture where a model was asked for; nil where it is no picture.
    static func suggestion(inPlaceOfModel path: String) -> String? {
        guard let fact = fact(path) else { return nil }
        return "\(fact) 'digits read \(ShellText.quoted(path))' reads pictures; here a model is asked for."
    }

    /// What to say to somebody who named a picture and no command; nil where it is no picture.
    static func suggestion(inPlaceOfCommand path: String) -> String? {
        fact(path).map { "\($0) Did you mean 'digits read \(ShellText.quoted(path))'?" }
    }

    /// What to say to somebody who named a picture as what reads pictures; nil where it is no picture.
    static func suggestion(inPlaceOfReader path: String) -> String? {
        fact(path).map {
            "\($0) --model names what reads: leave it out, or give a model that 'digits train' wrote."
        }
    }

    private static func fact(_ path: String) -> String? {
        if let format = ImageFormat(contentsOf: path) { return "'\(path)' is a picture (\(format))." }
        return ImageFormat.isPromised(by: path) && !FileSystem.exists(path)
            ? "'\(path)' looks like a picture's name." : nil
    }
}
