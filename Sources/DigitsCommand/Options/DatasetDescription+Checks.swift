import Datasets
import PlainText

extension DatasetDescription {
    /// Refuses numbers that no picture has; none is negative.
    func check(_ numbers: [ClosedRange<Int>], of split: DatasetSplit) throws(CommandFailure) {
        let count = count(of: split)
        if let range = numbers.first(where: { $0.upperBound >= count }) {
            throw .misuse(
                "There is no picture \(max(range.lowerBound, count)): the \(split.rawValue) split of \(title) has "
                    + "\(NumberText.grouped(count)), numbered 0 to \(count - 1).")
        }
    }

    /// Refuses a grid with more places than there are pictures.
    func check(_ grid: GridSize, of split: DatasetSplit) throws(CommandFailure) {
        let count = count(of: split)
        guard grid.count <= count else {
            throw .misuse(
                "A grid of \(grid.rows)×\(grid.columns) needs \(NumberText.grouped(grid.count)) pictures; "
                    + "the \(split.rawValue) split of \(title) has \(NumberText.grouped(count)).")
        }
    }
}
