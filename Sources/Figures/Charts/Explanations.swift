/// How much each pixel speaks for a class, by one method.
public struct SaliencyMap: Hashable, Sendable {
    /// The method's name, such as `integrated gradients`.
    public var method: String
    /// The values: positive ones speak for the class, negative ones against it. As large as the picture.
    public var map: ValueMap

    /// Creates a map.
    public init(method: String, map: ValueMap) {
        self.method = method
        self.map = map
    }
}

extension Figure {
    /// A picture, and over its shadow what each method says of each pixel.
    ///
    /// Each map has a scale of its own, symmetric about 0, because methods measure in different units.
    /// - Parameters:
    ///   - image: what the network was shown; 0 is paper, 1 is ink.
    ///   - maps: the methods' maps.
    ///   - className: the class that the pixels speak for or against.
    ///   - title: what the figure shows.
    /// - Precondition: every map is as large as the picture.
    public static func saliency(
        over image: ValueMap, maps: [SaliencyMap], className: String,
        title: String = "Which pixels speak for the class"
    ) -> Figure {
        var cells = [
            CaptionedGrid.Cell(pixels: image.pixels(.ink, over: 0...1), captions: [.init(text: "picture")])
        ]
        for entry in maps {
            precondition(
                entry.map.width == image.width && entry.map.height == image.height,
                "A map of \(entry.map.width)×\(entry.map.height) does not fit a picture of "
                    + "\(image.width)×\(image.height).")
            let scale = symmetricScale(entry.map.largestMagnitude)
            cells.append(
                CaptionedGrid.Cell(
                    pixels: overlaid(entry.map, .signed, over: scale, on: image),
                    captions: [
                        .init(text: entry.method),
                        .init(text: extent(of: entry.map), paint: .muted),
                    ]))
        }
        // Maps have scales of their own: 1 is each one's largest.
        let bar = ScaleBar(
            colorMap: .signed, range: -1...1, meanings: ("against \(className)", "for \(className)"))
        return Figure(
            description: "Which pixels speak for class \(className), by "
                + maps.map { "\($0.method) (\(strongest($0.map)))" }.joined(separator: ", ") + ".",
            table: FigureTable(
                header: ["Method", "Smallest", "Largest", "Sum", "Strongest pixel"],
                rows: maps.map { entry in
                    let sum = entry.map.values.filter(\.isFinite).reduce(0, +)
                    return [entry.method]
                        + (entry.map.range.map {
                            [ScaleBar.text($0.lowerBound), ScaleBar.text($0.upperBound)]
                        } ?? ["–", "–"]) + [ScaleBar.text(sum), strongest(entry.map)]
                })
        ) { room in
            let grid = CaptionedGrid(
                cells, columns: cells.count <= 5 ? cells.count : 4, side: 140, room: room)
            var page = Page(
                title: title,
                notes: [
                    "Class \(className). Scale: shares of each map's largest value, which is written under it."
                ],
                width: grid.size.width, height: grid.size.height + 14 + bar.height)
            let (x, y) = (page.content.x, page.content.y)
            grid.draw(in: &page.sketch, x: x, y: y)
            bar.draw(in: &page.sketch, x: x, y: y + grid.size.height + 14, width: grid.size.width)
            return page
        }
    }

    /// `±1.42`, or `0 to 3.61` of a map without negative values.
    private static func extent(of map: ValueMap) -> String {
        let isSigned = map.values.contains { $0 < 0 }
        return "\(isSigned ? "±" : "0 to ")\(ScaleBar.text(map.largestMagnitude))"
    }

    /// A picture, and over its shadow where a layer found what speaks for a class.
    /// - Parameters:
    ///   - image: what the network was shown; 0 is paper, 1 is ink.
    ///   - heat: the map, of any size: it covers the whole picture and is drawn between its values in straight lines.
    ///   - className: the class.
    ///   - title: what the figure shows.
    public static func gradCAM(
        over image: ValueMap, heat: ValueMap, className: String, title: String = "Grad-CAM"
    ) -> Figure {
        let highest = heat.range?.upperBound ?? 0
        let largest = highest > 0 ? highest : 1
        let fitted = heat.resized(width: image.width, height: image.height)
        let cells = [
            CaptionedGrid.Cell(
                pixels: image.pixels(.ink, over: 0...1), captions: [.init(text: "picture")]),
            CaptionedGrid.Cell(
                pixels: overlaid(fitted, .amount, over: 0...largest, on: image),
                captions: [.init(text: "what speaks for \(className)")]),
        ]
        let bar = ScaleBar(colorMap: .amount, range: 0...largest, meanings: ("nothing", "most"))
        return Figure(
            description:
                "Where the network found what speaks for class \(className): \(strongest(heat)) of a map of "
                + "\(heat.height)×\(heat.width).",
            table: FigureTable(
                header: ["Row"] + (1...heat.width).map { "Column \($0)" },
                rows: (0..<heat.height).map { row in
                    [String(row + 1)]
                        + heat.values[row * heat.width..<(row + 1) * heat.width].map(ScaleBar.text)
                })
        ) { room in
            let grid = CaptionedGrid(cells, columns: 2, side: 170, room: room)
            var page = Page(
                title: title, notes: ["Class \(className); a map of \(heat.height)×\(heat.width)."],
                width: grid.size.width, height: grid.size.height + 14 + bar.height)
            let (x, y) = (page.content.x, page.content.y)
            grid.draw(in: &page.sketch, x: x, y: y)
            bar.draw(in: &page.sketch, x: x, y: y + grid.size.height + 14, width: grid.size.width)
            return page
        }
    }

    /// The colours of a map, darkened where the picture has ink, so that the digit stays visible under them.
    private static func overlaid(
        _ map: ValueMap, _ colorMap: ColorMap, over range: ClosedRange<Float>, on image: ValueMap
    ) -> Pixels {
        let ink: RGBColor
        switch colorMap {
        // Dark colours are values there: the digit is a bright shadow.
        case .amount: ink = RGBColor(0xFFFFFF)
        default: ink = RGBColor(0x000000)
        }
        return Pixels(
            width: map.width, height: map.height,
            colors: zip(map.values, image.values).map { value, amount in
                colorMap.color(at: share(of: value, in: range))
                    .mixed(with: ink, share: 0.3 * share(of: amount, in: 0...1))
            })
    }

    /// Where the value of largest magnitude is.
    private static func strongest(_ map: ValueMap) -> String {
        let largest = map.largestMagnitude
        guard largest > 0, let index = map.values.firstIndex(where: { abs($0) == largest }) else {
            return "nothing stands out"
        }
        return "strongest at row \(index / map.width + 1), column \(index % map.width + 1)"
    }
}
