internal import FoundationBasics
internal import PlainText

/// Where an SVG will be seen.
public enum SVGTheme: Hashable, Sendable {
    /// In a file of its own: fixed colours on a white background.
    case standalone
    /// Inside an HTML page: no background, and colours that the page may choose for its light and dark schemes by the
    /// custom properties `--figure-ink`, `-muted`, `-grid`, `-paper`, `-blue`, `-vermilion`, `-green` and `-purple`.
    case page
}

/// Writes drawings as SVG 1.1 with texts as texts.
///
/// Cairo could write SVG too, but turns letters into outlines, which no screen reader reads and no search finds.
struct SVGWriter {
    private let theme: SVGTheme
    private let identifier: String
    private var text = ""
    private var clipCount = 0

    /// Creates a writer.
    init(theme: SVGTheme, identifier: String) {
        self.theme = theme
        self.identifier = identifier
    }

    /// The whole document of a drawing.
    func document(_ drawing: Drawing) -> String {
        var writer = self
        let width = Self.number(drawing.size.width)
        let height = Self.number(drawing.size.height)
        let name = MarkupText.escaped(identifier)
        writer.text = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
            viewBox="0 0 \(width) \(height)" role="img" aria-labelledby="\(name)-title \(name)-description" \
            font-family="'DejaVu Sans', Verdana, Arial, sans-serif">
            <title id="\(name)-title">\(MarkupText.escaped(drawing.title))</title>
            <desc id="\(name)-description">\(MarkupText.escaped(drawing.description))</desc>

            """
        if theme == .standalone {
            writer.text += "<rect width=\"\(width)\" height=\"\(height)\" fill=\"#ffffff\"/>\n"
        }
        for element in drawing.elements {
            writer.write(element)
        }
        return writer.text + "</svg>\n"
    }

    private mutating func write(_ element: Element) {
        switch element {
        case .line(let points, let stroke):
            text += "<polyline points=\"\(Self.list(points))\"\(paint(fill: nil, stroke: stroke))/>\n"
        case .polygon(let points, let fill, let border):
            text += "<polygon points=\"\(Self.list(points))\"\(paint(fill: fill, stroke: border))/>\n"
        case .rectangle(let rectangle, let fill, let border):
            text += "<rect \(Self.box(rectangle))\(paint(fill: fill, stroke: border))/>\n"
        case .circle(let center, let radius, let fill, let border):
            text += "<circle cx=\"\(Self.number(center.x))\" cy=\"\(Self.number(center.y))\" "
            text += "r=\"\(Self.number(radius))\"\(paint(fill: fill, stroke: border))/>\n"
        case .text(let string, let point, let style):
            write(string, at: point, style)
        case .image(let pixels, let rectangle):
            let data = Data(PNGEncoder.encode(pixels)).base64EncodedString()
            text += "<image \(Self.box(rectangle)) preserveAspectRatio=\"none\" "
            if !pixels.arePhoto(in: rectangle) {
                // The attribute is for renderers that do not know the newer word.
                text += "image-rendering=\"optimizeSpeed\" style=\"image-rendering:pixelated\" "
            }
            text += "href=\"data:image/png;base64,\(data)\"/>\n"
        case .group(let title, let clip, let elements):
            writeGroup(title, clip, elements)
        }
    }

    private mutating func write(_ string: String, at point: Point, _ style: TextStyle) {
        let x = Self.number(point.x)
        let y = Self.number(point.y)
        text += "<text x=\"\(x)\" y=\"\(y)\" font-size=\"\(Self.number(style.size))\""
        if style.isBold { text += " font-weight=\"bold\"" }
        switch style.anchor {
        case .start: break
        case .middle: text += " text-anchor=\"middle\""
        case .end: text += " text-anchor=\"end\""
        }
        if style.runsUpwards { text += " transform=\"rotate(-90 \(x) \(y))\"" }
        text += "\(paint(fill: style.paint, stroke: nil))>\(MarkupText.escaped(string))</text>\n"
    }

    private mutating func writeGroup(_ title: String?, _ clip: Rectangle?, _ elements: [Element]) {
        if let clip {
            clipCount += 1
            let name = "\(MarkupText.escaped(identifier))-clip-\(clipCount)"
            text += "<clipPath id=\"\(name)\"><rect \(Self.box(clip))/></clipPath>\n"
            text += "<g clip-path=\"url(#\(name))\">\n"
        } else {
            text += "<g>\n"
        }
        if let title { text += "<title>\(MarkupText.escaped(title))</title>\n" }
        for element in elements {
            write(element)
        }
        text += "</g>\n"
    }

    /// The attributes that say how a shape is painted, with a space before each.
    private func paint(fill: Paint?, stroke: Stroke?) -> String {
        var attributes = ""
        var properties = ""
        func set(_ name: String, _ paint: Paint?) {
            let color = paint.map { Self.hexadecimal($0.color) } ?? "none"
            if theme == .page, let property = paint?.property {
                // Custom properties count in styles, not in attributes.
                properties += "\(name):var(\(property),\(color));"
            } else {
                attributes += " \(name)=\"\(color)\""
            }
            if theme == .page, case .scheme(_, let dark)? = paint {
                // Browsers that do not know the word, of before 2024, keep the attribute.
                properties += "\(name):light-dark(\(color),\(Self.hexadecimal(dark)));"
            }
        }
        set("fill", fill)
        if let stroke {
            set("stroke", stroke.paint)
            attributes += " stroke-width=\"\(Self.number(stroke.width))\""
            if !stroke.dashes.isEmpty {
                let dashes = stroke.dashes.map(Self.number).joined(separator: " ")
                attributes += " stroke-dasharray=\"\(dashes)\""
            }
            attributes += " stroke-linejoin=\"round\" stroke-linecap=\"round\""
        }
        return properties.isEmpty ? attributes : attributes + " style=\"\(properties)\""
    }

    private static func list(_ points: [Point]) -> String {
        points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
    }

    private static func box(_ rectangle: Rectangle) -> String {
        "x=\"\(number(rectangle.x))\" y=\"\(number(rectangle.y))\" "
            + "width=\"\(number(rectangle.width))\" height=\"\(number(rectangle.height))\""
    }

    private static func hexadecimal(_ color: RGBColor) -> String {
        let code = UInt32(color.red) << 16 | UInt32(color.green) << 8 | UInt32(color.blue)
        return "#" + NumberText.hexadecimal(code, digits: 6)
    }

    /// A coordinate: at most two decimals, which is finer than any screen.
    private static func number(_ value: Double) -> String {
        var text = NumberText.fixed(value, decimals: 2)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }
}
