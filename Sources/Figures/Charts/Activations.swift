/// What a layer makes of one picture.
public struct LayerActivations: Hashable, Sendable {
    /// The layer's name.
    public var name: String
    /// A map for each channel; those of a dense layer are 1×1.
    public var maps: [ValueMap]

    /// Creates the activations of a layer.
    /// - Precondition: there is at least one map.
    public init(name: String, maps: [ValueMap]) {
        precondition(!maps.isEmpty, "The activations of layer '\(name)' need at least one map.")
        self.name = name
        self.maps = maps
    }

    /// Creates the activations of a layer without rows and columns, such as a dense one.
    /// - Precondition: there is at least one value.
    public init(name: String, values: [Float]) {
        self.init(name: name, maps: values.map { ValueMap(width: 1, height: 1, values: [$0]) })
    }

    /// `10×10×64`, or `64`.
    var shape: String {
        let isFlat = maps[0].width == 1 && maps[0].height == 1
        return isFlat ? "\(maps.count)" : "\(maps[0].height)×\(maps[0].width)×\(maps.count)"
    }

    /// The smallest and the largest value of all maps; `nil` where none is finite.
    var range: ClosedRange<Float>? {
        let ranges = maps.compactMap(\.range)
        guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max() else {
            return nil
        }
        return low...high
    }
}

extension Figure {
    /// A picture, and under it what each layer makes of it, channel by channel.
    ///
    /// Each layer has a scale of its own, from its smallest value (dark) to its largest (bright).
    /// - Parameters:
    ///   - layers: the layers in order; at least one.
    ///   - image: what the network was shown; 0 is paper, 1 is ink.
    ///   - title: what the figure shows.
    public static func activations(
        of image: ValueMap, layers: [LayerActivations], title: String = "Activations of every layer"
    ) -> Figure {
        precondition(!layers.isEmpty, "A figure of activations needs at least one layer.")
        let chart = ActivationsChart(image: image, layers: layers, room: .wide)
        return Figure(description: chart.description, table: chart.table) { room in
            ActivationsChart(image: image, layers: layers, room: room).page(title: title)
        }
    }
}

private struct ActivationsChart {
    let image: ValueMap
    let layers: [LayerActivations]
    let room: Room

    private var width: Double { room.width(640) }
    private static let gap = 3.0
    private static let headHeight = 18.0
    private static let layerGap = 14.0
    private static let imageSide = 84.0

    /// The width and height of a layer's maps: large maps get more room, single values less.
    private func side(_ layer: LayerActivations) -> Double {
        let extent = max(layer.maps[0].width, layer.maps[0].height)
        if extent == 1 { return layer.maps.count <= 16 ? 17 : 7 }
        return extent <= 4 ? 24 : 37
    }

    private func columns(_ layer: LayerActivations) -> Int {
        Int((width + Self.gap) / (side(layer) + Self.gap))
    }

    private func height(_ layer: LayerActivations) -> Double {
        let columns = columns(layer)
        let rows = (layer.maps.count + columns - 1) / columns
        return Self.headHeight + Double(rows) * (side(layer) + Self.gap) - Self.gap
    }

    func page(title: String) -> Page {
        let layersHeight = layers.map { height($0) + Self.layerGap }.reduce(0, +)
        var page = Page(
            title: title,
            notes: ["Each layer has its own scale: dark is its smallest value, bright its largest."],
            width: width, height: Self.imageSide + layersHeight)
        let content = page.content
        page.sketch.group("The picture") { group in
            group.image(
                image.pixels(.ink, over: 0...1),
                in: Rectangle(x: content.x, y: content.y, width: Self.imageSide, height: Self.imageSide))
        }
        var y = content.y + Self.imageSide + Self.layerGap
        for layer in layers {
            draw(layer, in: &page.sketch, x: content.x, y: y)
            y += height(layer) + Self.layerGap
        }
        return page
    }

    var description: String {
        "What \(layers.count == 1 ? "a layer makes" : "\(layers.count) layers make") of one "
            + "picture: " + layers.map { "\($0.name) (\($0.shape))" }.joined(separator: ", ") + "."
    }

    var table: FigureTable {
        FigureTable(
            header: ["Layer", "Shape", "Smallest", "Largest", "Share of zeros or less"],
            rows: layers.map { layer in
                let values = layer.maps.flatMap(\.values)
                let dead = values.filter { $0 <= 0 }.count
                return [layer.name, layer.shape]
                    + (layer.range.map {
                        [ScaleBar.text($0.lowerBound), ScaleBar.text($0.upperBound)]
                    } ?? ["–", "–"]) + ["\(dead) of \(values.count)"]
            })
    }

    private func draw(_ layer: LayerActivations, in sketch: inout Sketch, x: Double, y: Double) {
        let range = layer.range ?? 0...1
        sketch.group("Layer \(layer.name)") { group in
            let facts =
                "\(layer.shape), \(ScaleBar.text(range.lowerBound)) to \(ScaleBar.text(range.upperBound))"
            let factsWidth = TextMetrics.width(of: facts, size: 9)
            let name = TextMetrics.shortened(
                layer.name, width: width - factsWidth - 10, size: 10, isBold: true)
            group.text(name, x: x, baseline: y + 10, TextStyle(size: 10, isBold: true))
            group.text(
                facts, x: x + TextMetrics.width(of: name, size: 10, isBold: true) + 10, baseline: y + 10,
                TextStyle(size: 9, paint: .muted))
            let side = side(layer)
            let columns = columns(layer)
            for (index, map) in layer.maps.enumerated() {
                let box = Rectangle(
                    x: x + Double(index % columns) * (side + Self.gap),
                    y: y + Self.headHeight + Double(index / columns) * (side + Self.gap), width: side,
                    height: side)
                // One value needs no picture.
                if map.values.count == 1 {
                    group.rectangle(
                        box, fill: .color(ColorMap.amount.color(at: share(of: map.values[0], in: range))))
                } else {
                    group.image(map.pixels(.amount, over: range), in: box)
                }
            }
        }
    }
}
