import ArgumentParser
import Datasets
import DigitRecognition
import PlainText

/// Which pictures of a split are looked at, where they are not numbered one by one.
struct PictureSelection: ParsableArguments {
    @Option(
        name: .customLong("class"), help: ArgumentHelp("Only pictures of this class.", valueName: "class"))
    var className: String?

    @Flag(help: "Pictures at random, which --seed chooses, in place of the first ones.")
    var random = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Only pictures from this number on. (default: 0)", valueName: "index"),
        transform: TypedValue.index)
    var from: Int?

    /// One of these options that was typed; nil where none was.
    var typed: String? {
        className != nil ? "--class" : random ? "--random" : from != nil ? "--from" : nil
    }
}

extension PictureSelection {
    /// The numbers of the pictures that are chosen.
    /// - Parameters:
    ///   - count: How many are wanted.
    ///   - seed: What chance follows from.
    /// - Throws: `CommandFailure` where there are fewer, or no such class.
    func indices(_ count: Int, of images: LabeledImages, seed: UInt64) throws(CommandFailure) -> [Int] {
        let label: Int?
        if let className {
            label = try ClassName.number(of: className, among: images.classNames)
        } else {
            label = nil
        }
        var candidates = Array((from ?? 0)..<max(from ?? 0, images.count)).filter {
            label == nil || images.labels[$0] == label
        }
        guard count <= candidates.count else {
            throw .misuse(
                "\(NumberText.grouped(count)) pictures are wanted, but there \(candidates.count == 1 ? "is" : "are") "
                    + "\(NumberText.grouped(candidates.count))\(restrictions).")
        }
        if random {
            var chance = CounterBasedRandom(seed: seed, purpose: .selection)
            for place in 0..<count {
                candidates.swapAt(place, place + chance.nextIndex(candidates.count - place))
            }
        }
        return Array(candidates.prefix(count))
    }

    /// What is shown of the pictures of a split: `6 test pictures of MNIST of the class 7, at random with seed 1`.
    func title(_ count: Int, of split: DatasetSplit, _ dataset: DatasetDescription, seed: UInt64) -> String {
        "\(NumberText.grouped(count)) \(split.rawValue) pictures of \(dataset.title)\(restrictions)"
            + (random ? ", at random with seed \(seed)" : "")
    }

    private var restrictions: String {
        (className.map { " of the class \($0)" } ?? "")
            + (from.map { " from number \(NumberText.grouped($0)) on" } ?? "")
    }
}
