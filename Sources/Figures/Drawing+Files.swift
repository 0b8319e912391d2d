internal import Files

/// A format that a drawing can be written in.
public enum FigureFormat: String, CaseIterable, Hashable, Sendable {
    /// Pixels.
    case png
    /// Shapes and texts, for pages of the web.
    case svg
    /// Shapes and texts, for paper.
    case pdf

    /// The format that the extension of a file's name tells, whether in small or capital letters.
    /// - Throws: `FigureError.unknownExtension`.
    public init(path: String) throws(FigureError) {
        let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, let format = FigureFormat(rawValue: parts[parts.count - 1].lowercased()) else {
            throw .unknownExtension(path: path)
        }
        self = format
    }

    /// Sees whether this machine can draw the format, before there is anything to draw.
    /// - Throws: `FigureError.cairoUnusable`.
    package func requireUsable() throws(FigureError) {
        switch self {
        case .png, .pdf: _ = try CairoRenderer.loaded()
        case .svg: break
        }
    }
}

extension Drawing {
    /// The bytes of a file in the given format.
    /// - Parameter scale: pixels to a point, for PNG only.
    /// - Throws: `FigureError`, for PNG and PDF alone.
    public func data(_ format: FigureFormat, scale: Double = 2) throws(FigureError) -> [UInt8] {
        switch format {
        case .png: try CairoRenderer.png(self, scale: scale)
        case .pdf: try CairoRenderer.pdf(self)
        case .svg: Array(svg().utf8)
        }
    }

    /// The drawing as a document of SVG.
    ///
    /// Texts stay texts: a screen reader reads them and a search finds them.
    /// - Parameters:
    ///   - theme: whether it is a file of its own or part of a page.
    ///   - identifier: begins the names by which the elements refer to one another; each drawing in a page needs its own.
    public func svg(theme: SVGTheme = .standalone, identifier: String = "figure") -> String {
        SVGWriter(theme: theme, identifier: identifier).document(self)
    }

    /// Writes the drawing to a file, in the format that the name's extension tells: `.png`, `.svg` or `.pdf`.
    ///
    /// A crash or a full disk leaves the old file or the new one, never a part.
    /// - Parameters:
    ///   - path: the file's path; its directory must exist.
    ///   - replacing: whether a file of that name may be replaced.
    ///   - scale: pixels to a point, for PNG only.
    /// - Throws: `FigureError` if the extension is unknown, Cairo is missing, or the file cannot be written.
    public func write(to path: String, replacing: Bool = true, scale: Double = 2) throws(FigureError) {
        let bytes = try data(FigureFormat(path: path), scale: scale)
        do throws(FileError) {
            try DurableFile.write(bytes, to: path, replacing: replacing)
        } catch {
            throw .file(error)
        }
    }
}

extension Figure {
    /// Writes the figure's drawing to a file, in the format that the name's extension tells: `.png`, `.svg` or `.pdf`.
    /// - Parameters:
    ///   - path: the file's path; its directory must exist.
    ///   - replacing: whether a file of that name may be replaced.
    ///   - scale: pixels to a point, for PNG only.
    /// - Throws: `FigureError` if the extension is unknown, Cairo is missing, or the file cannot be written.
    public func write(to path: String, replacing: Bool = true, scale: Double = 2) throws(FigureError) {
        try drawing.write(to: path, replacing: replacing, scale: scale)
    }

    /// The figure's drawing as a document of SVG; see `Drawing.svg(theme:identifier:)`.
    public func svg(theme: SVGTheme = .standalone, identifier: String = "figure") -> String {
        drawing.svg(theme: theme, identifier: identifier)
    }
}
