import Datasets
import PlainText

extension DatasetDescription {
    /// Refuses indices that no picture has.
    func check(_ indices: [Int], of split: DatasetSplit) throws(CommandFailure) {
        let count = count(of: split)
        if let index = indices.first(where: { !(0..<count).contains($0) }) {
            throw .misuse(
                "There is no picture \(index): the \(split.rawValue) split of \(title) has "
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
