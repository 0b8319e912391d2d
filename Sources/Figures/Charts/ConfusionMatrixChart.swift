internal import PlainText

extension Figure {
    /// How often each class is read as each other: counts, and their shares of the row.
    ///
    /// Cells of 0 are empty. The shade of a cell on the diagonal is its share of the row; that of another is its share
    /// compared with the largest of these, which would else be too small to be seen.
    /// - Parameters:
    ///   - counts: a row for each label, in it a count for each reading; square.
    ///   - classes: the names.
    ///   - title: what was evaluated.
    /// - Precondition: there is at least one class, and `counts` has a row and a column for each.
    public static func confusionMatrix(
        counts: [[Int]], classes: [String], title: String = "Confusion matrix"
    ) -> Figure {
        precondition(!classes.isEmpty, "A confusion matrix needs at least one class.")
        precondition(
            counts.count == classes.count && counts.allSatisfy { $0.count == classes.count },
            "\(classes.count) classes need \(classes.count) rows of \(classes.count) counts.")
        let chart = ConfusionMatrixChart(counts: counts, classes: classes, room: .wide)
        return Figure(description: chart.description, table: chart.table) { room in
            ConfusionMatrixChart(counts: counts, classes: classes, room: room).page(title: title)
        }
    }
}

private struct ConfusionMatrixChart {
    let counts: [[Int]]
    let classes: [String]
    let room: Room

    private var isDense: Bool { room == .narrow || classes.count > 12 }
    /// Beside the counts there is no room for them on a phone.
    private var showsShares: Bool { room == .wide }
    private var countSize: Double { isDense ? 8.5 : 11 }
    private var shareSize: Double { isDense ? 7 : 8.5 }
    private var labelSize: Double { 10 }
    private var cellWidth: Double {
        let widest =
            counts.joined().map {
                TextMetrics.width(of: NumberText.grouped($0), size: countSize, isBold: !isDense)
            }.max() ?? 0
        if room == .narrow {
            return max(widest + 2, room.width(.infinity, beside: left, least: 0) / Double(classes.count))
        }
        return max(isDense ? 30 : 48, widest + 6)
    }
    private var cellHeight: Double { isDense ? 27 : 36 }
    private var labelWidth: Double {
        classes.map { TextMetrics.width(of: $0, size: labelSize) }.max() ?? 0
    }
    /// Room for the labels at the left.
    private var left: Double { 20 + labelWidth + 6 }

    /// A row's share in one cell; 0 in a row without pictures.
    private func share(_ row: Int, _ column: Int) -> Double {
        let total = counts[row].reduce(0, +)
        return total == 0 ? 0 : Double(counts[row][column]) / Double(total)
    }

    func page(title: String) -> Page {
        let count = classes.count
        let runsUpwards = labelWidth > cellWidth - 4
        let top = 18 + (runsUpwards ? labelWidth : labelSize) + 6
        var page = Page(
            title: title,
            notes: [
                "Counts\(showsShares ? ", and their shares of the row" : ""). Empty cells are 0; the diagonal is what is right."
            ],
            width: left + Double(count) * cellWidth, height: top + Double(count) * cellHeight)
        let matrix = Rectangle(
            x: page.content.x + left, y: page.content.y + top, width: Double(count) * cellWidth,
            height: Double(count) * cellHeight)

        let axisStyle = TextStyle(size: 10, anchor: .middle, paint: .muted)
        page.sketch.text("read as", x: matrix.midX, baseline: page.content.y + 10, axisStyle)
        page.sketch.upwardText("label", x: page.content.x + 6, y: matrix.midY, axisStyle)
        for (index, name) in classes.enumerated() {
            let x = matrix.x + (Double(index) + 0.5) * cellWidth
            let y = matrix.y + (Double(index) + 0.5) * cellHeight
            page.sketch.text(
                name, x: matrix.x - 6, middle: y, TextStyle(size: labelSize, anchor: .end))
            if runsUpwards {
                page.sketch.upwardText(
                    name, x: x, y: matrix.y - 6 - TextMetrics.width(of: name, size: labelSize) / 2,
                    TextStyle(size: labelSize))
            } else {
                page.sketch.text(
                    name, x: x, baseline: matrix.y - 6, TextStyle(size: labelSize, anchor: .middle))
            }
        }
        drawCells(in: &page.sketch, matrix)
        return page
    }

    private func drawCells(in sketch: inout Sketch, _ matrix: Rectangle) {
        let indices = classes.indices
        let largestError =
            indices.flatMap { row in indices.filter { $0 != row }.map { share(row, $0) } }.max() ?? 0
        for row in indices {
            sketch.group("Label \(classes[row])") { group in
                for column in indices {
                    let box = Rectangle(
                        x: matrix.x + Double(column) * cellWidth, y: matrix.y + Double(row) * cellHeight,
                        width: cellWidth, height: cellHeight)
                    let share = share(row, column)
                    guard counts[row][column] > 0 else {
                        group.rectangle(box, fill: .paper, border: Stroke(.grid, width: 0.75))
                        continue
                    }
                    let isRight = row == column
                    let place = isRight ? 0.15 + 0.85 * share : 0.1 + 0.75 * share / largestError
                    let light = (isRight ? ColorMap.right : .wrong).color(at: place)
                    let dark = (isRight ? ColorMap.rightOnDark : .wrongOnDark).color(at: place)
                    group.rectangle(
                        box, fill: .scheme(light: light, dark: dark), border: Stroke(.grid, width: 0.75))
                    let paint = Paint.text(onLight: light, dark: dark)
                    group.text(
                        NumberText.grouped(counts[row][column]), x: box.midX,
                        middle: box.midY - (showsShares ? shareSize * 0.62 : 0),
                        TextStyle(
                            size: countSize, isBold: isRight && !isDense, anchor: .middle, paint: paint))
                    guard showsShares else { continue }
                    group.text(
                        percent(share), x: box.midX, middle: box.midY + countSize * 0.62,
                        TextStyle(size: shareSize, anchor: .middle, paint: paint))
                }
            }
        }
    }

    /// With a decimal, except where there is none to tell.
    private func percent(_ share: Double) -> String {
        share == 1 ? "100%" : NumberText.percent(share, decimals: 1)
    }

    var description: String {
        let total = counts.joined().reduce(0, +)
        let right = classes.indices.map { counts[$0][$0] }.reduce(0, +)
        var text = "\(NumberText.grouped(right)) of \(NumberText.grouped(total)) pictures of "
        text += "\(classes.count) classes are read right."
        let errors = classes.indices.flatMap { row in
            classes.indices.filter { $0 != row }.map { (row, $0, counts[row][$0]) }
        }
        if let worst = errors.max(by: { $0.2 < $1.2 }), worst.2 > 0 {
            text += " The most frequent mistake is \(classes[worst.0]) read as \(classes[worst.1]), "
            text += "\(NumberText.grouped(worst.2)) times."
        }
        return text
    }

    var table: FigureTable {
        FigureTable(
            header: ["Label"] + classes.map { "Read as \($0)" } + ["All", "Right"],
            rows: classes.indices.map { row in
                let total = counts[row].reduce(0, +)
                return [classes[row]] + counts[row].map(NumberText.grouped)
                    + [NumberText.grouped(total), total == 0 ? "–" : NumberText.percent(share(row, row))]
            })
    }
}
