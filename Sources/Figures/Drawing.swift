/// A picture of lines, areas, texts and pixels, which can be written as PNG, PDF and SVG.
///
/// It is a value: a list of elements in the order in which they are painted. What each format makes of them is the
/// business of `SVGWriter` and `CairoRenderer`.
public struct Drawing: Hashable, Sendable {
    /// The size in points.
    public var size: Size
    /// A short name, for those who do not see the picture and for the file's properties.
    public var title: String
    /// What the picture shows, in sentences, for those who do not see it.
    public var description: String
    /// What is painted, the first at the bottom.
    public var elements: [Element]

    /// Creates a drawing.
    /// - Precondition: the size is finite and positive.
    public init(size: Size, title: String, description: String, elements: [Element]) {
        precondition(
            size.width > 0 && size.height > 0 && size.width.isFinite && size.height.isFinite,
            "A drawing's size is finite and positive, not \(size.width) × \(size.height).")
        self.size = size
        self.title = title
        self.description = description
        self.elements = elements
    }
}

/// One thing in a drawing.
public indirect enum Element: Hashable, Sendable {
    /// Straight lines from point to point.
    case line([Point], Stroke)
    /// An area with straight edges, closed; its border is drawn upon the fill.
    case polygon([Point], fill: Paint?, border: Stroke?)
    /// A rectangle; its border is drawn upon the fill.
    case rectangle(Rectangle, fill: Paint?, border: Stroke?)
    /// A disc or circle.
    case circle(Point, radius: Double, fill: Paint?, border: Stroke?)
    /// One line of text.
    case text(String, at: Point, TextStyle)
    /// Pixels, each a sharp rectangle; those of a photo, which are no larger than a point, are mixed where a screen has fewer.
    case image(Pixels, in: Rectangle)
    /// Elements that belong together; `title` says what they are, `clip` cuts off what lies outside it.
    case group(title: String?, clip: Rectangle?, [Element])
}

/// How a line is drawn.
public struct Stroke: Hashable, Sendable {
    /// With what.
    public var paint: Paint
    /// How wide, in points.
    public var width: Double
    /// The lengths of dashes and of the gaps between them, in turn; empty for a whole line.
    public var dashes: [Double]

    /// Creates a stroke.
    public init(_ paint: Paint, width: Double = 1, dashes: [Double] = []) {
        self.paint = paint
        self.width = width
        self.dashes = dashes
    }
}

/// How a text is drawn.
public struct TextStyle: Hashable, Sendable {
    /// Which part of the text lies at its point.
    public enum Anchor: Hashable, Sendable {
        /// The left end, for text that is read from left to right.
        case start
        /// The middle.
        case middle
        /// The right end.
        case end
    }

    /// The font's size in points.
    public var size: Double
    /// Whether the letters are heavy.
    public var isBold: Bool
    /// Which part lies at the text's point. Vertically that is always the baseline.
    public var anchor: Anchor
    /// Whether the text runs upwards, as beside a vertical axis.
    public var runsUpwards: Bool
    /// With what.
    public var paint: Paint

    /// Creates a style.
    public init(
        size: Double = 10, isBold: Bool = false, anchor: Anchor = .start, runsUpwards: Bool = false,
        paint: Paint = .ink
    ) {
        self.size = size
        self.isBold = isBold
        self.anchor = anchor
        self.runsUpwards = runsUpwards
        self.paint = paint
    }
}
