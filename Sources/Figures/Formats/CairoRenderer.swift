internal import CCairo

/// Draws with the system's Cairo: PNG and PDF.
struct CairoRenderer {
    /// The most pixels that a side of a picture may have: Cairo's own limit.
    static let largestExtent = 32_767

    private let cairo: digits_cairo
    private let context: UnsafeMutableRawPointer

    /// The bytes of a PNG file with `scale` pixels to a point.
    /// - Throws: `FigureError`.
    static func png(_ drawing: Drawing, scale: Double) throws(FigureError) -> [UInt8] {
        let cairo = try loaded()
        precondition(scale > 0 && scale.isFinite, "The scale is finite and positive, not \(scale).")
        // Larger numbers are refused all the same and need not fit an integer.
        let width = Int(min((drawing.size.width * scale).rounded(.up), 1e9))
        let height = Int(min((drawing.size.height * scale).rounded(.up), 1e9))
        guard max(width, height) <= largestExtent else {
            throw .tooLarge(width: width, height: height)
        }
        let surface = cairo.image_surface_create(
            Int32(DIGITS_CAIRO_FORMAT_RGB24), Int32(width), Int32(height))!
        defer { cairo.surface_destroy(surface) }
        try draw(drawing, on: surface, cairo, scale: scale)
        return try collected { (sink) throws(FigureError) in
            try check(cairo.surface_write_to_png_stream(surface, append, sink), cairo)
        }
    }

    /// The bytes of a PDF file with one page of the drawing's size.
    /// - Throws: `FigureError`.
    static func pdf(_ drawing: Drawing) throws(FigureError) -> [UInt8] {
        let cairo = try loaded()
        return try collected { (sink) throws(FigureError) in
            let surface = cairo.pdf_surface_create_for_stream(
                append, sink, drawing.size.width, drawing.size.height)!
            defer { cairo.surface_destroy(surface) }
            cairo.pdf_surface_set_metadata(surface, Int32(DIGITS_CAIRO_PDF_METADATA_TITLE), drawing.title)
            cairo.pdf_surface_set_metadata(
                surface, Int32(DIGITS_CAIRO_PDF_METADATA_SUBJECT), drawing.description)
            try draw(drawing, on: surface, cairo, scale: 1)
            cairo.surface_finish(surface)
            try check(cairo.surface_status(surface), cairo)
        }
    }

    /// The bytes that `write` lets Cairo append to its argument.
    private static func collected(
        _ write: (UnsafeMutablePointer<[UInt8]>) throws(FigureError) -> Void
    ) throws(FigureError) -> [UInt8] {
        var bytes: [UInt8] = []
        try withUnsafeMutablePointer(to: &bytes, write)
        return bytes
    }

    /// Takes a part of a file; Cairo's callback.
    private static let append: digits_cairo_write = { context, bytes, count in
        let sink = context!.assumingMemoryBound(to: [UInt8].self)
        sink.pointee.append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
        return Int32(DIGITS_CAIRO_SUCCESS)
    }

    /// The library, which is loaded once.
    static func loaded() throws(FigureError) -> digits_cairo {
        var reason: UnsafePointer<CChar>?
        guard let functions = digits_cairo_load(&reason) else {
            throw .cairoUnusable(reason: String(cString: reason!))
        }
        return functions.pointee
    }

    private static func check(_ status: Int32, _ cairo: digits_cairo) throws(FigureError) {
        guard status == Int32(DIGITS_CAIRO_SUCCESS) else {
            throw .drawingFailed(reason: String(cString: cairo.status_to_string(status)!))
        }
    }

    private static func draw(
        _ drawing: Drawing, on surface: UnsafeMutableRawPointer, _ cairo: digits_cairo, scale: Double
    ) throws(FigureError) {
        let context = cairo.create(surface)!
        defer { cairo.destroy(context) }
        let renderer = CairoRenderer(cairo: cairo, context: context)
        renderer.setUp(scale: scale)
        for element in drawing.elements {
            renderer.draw(element)
        }
        try check(cairo.status(context), cairo)
    }

    /// Paints the background, and asks for letters that look and measure the same at any size.
    private func setUp(scale: Double) {
        cairo.scale(context, scale, scale)
        cairo.set_line_cap(context, Int32(DIGITS_CAIRO_LINE_CAP_ROUND))
        cairo.set_line_join(context, Int32(DIGITS_CAIRO_LINE_JOIN_ROUND))
        let options = cairo.font_options_create()!
        defer { cairo.font_options_destroy(options) }
        cairo.font_options_set_antialias(options, Int32(DIGITS_CAIRO_ANTIALIAS_GRAY))
        cairo.font_options_set_hint_style(options, Int32(DIGITS_CAIRO_HINT_STYLE_NONE))
        cairo.font_options_set_hint_metrics(options, Int32(DIGITS_CAIRO_HINT_METRICS_OFF))
        cairo.set_font_options(context, options)
        setSource(.paper)
        cairo.paint(context)
    }

    private func draw(_ element: Element) {
        switch element {
        case .line(let points, let stroke):
            trace(points)
            paint(fill: nil, border: stroke)
        case .polygon(let points, let fill, let border):
            trace(points)
            cairo.close_path(context)
            paint(fill: fill, border: border)
        case .rectangle(let box, let fill, let border):
            cairo.rectangle(context, box.x, box.y, box.width, box.height)
            paint(fill: fill, border: border)
        case .circle(let center, let radius, let fill, let border):
            cairo.new_path(context)
            cairo.arc(context, center.x, center.y, radius, 0, 2 * Double.pi)
            cairo.close_path(context)
            paint(fill: fill, border: border)
        case .text(let string, let point, let style):
            draw(string, at: point, style)
        case .image(let pixels, let box):
            draw(pixels, in: box)
        case .group(_, let clip, let elements):
            cairo.save(context)
            if let clip {
                cairo.rectangle(context, clip.x, clip.y, clip.width, clip.height)
                cairo.clip(context)
            }
            for element in elements {
                draw(element)
            }
            cairo.restore(context)
        }
    }

    private func trace(_ points: [Point]) {
        cairo.new_path(context)
        for point in points {
            cairo.line_to(context, point.x, point.y)
        }
    }

    /// Fills and borders the path, and forgets it.
    private func paint(fill: Paint?, border: Stroke?) {
        if let fill {
            setSource(fill)
            cairo.fill_preserve(context)
        }
        if let border {
            setSource(border.paint)
            cairo.set_line_width(context, border.width)
            cairo.set_dash(context, border.dashes, Int32(border.dashes.count), 0)
            cairo.stroke(context)
        }
        cairo.new_path(context)
    }

    private func setSource(_ paint: Paint) {
        let color = paint.color
        cairo.set_source_rgb(
            context, Double(color.red) / 255, Double(color.green) / 255, Double(color.blue) / 255)
    }

    private func draw(_ string: String, at point: Point, _ style: TextStyle) {
        cairo.save(context)
        defer { cairo.restore(context) }
        // Fontconfig takes the font that is most like it where there is no DejaVu.
        cairo.select_font_face(
            context, "DejaVu Sans", Int32(DIGITS_CAIRO_FONT_SLANT_NORMAL),
            Int32(style.isBold ? DIGITS_CAIRO_FONT_WEIGHT_BOLD : DIGITS_CAIRO_FONT_WEIGHT_NORMAL))
        cairo.set_font_size(context, style.size)
        setSource(style.paint)
        cairo.translate(context, point.x, point.y)
        if style.runsUpwards { cairo.rotate(context, -Double.pi / 2) }

        // A font that is wider than the layout knew is drawn narrower, so that nothing overlaps.
        var extents = digits_cairo_text_extents()
        cairo.text_extents(context, string, &extents)
        let room = TextMetrics.width(of: string, size: style.size, isBold: style.isBold)
        if extents.x_advance > room { cairo.scale(context, room / extents.x_advance, 1) }
        let start =
            switch style.anchor {
            case .start: 0.0
            case .middle: -extents.x_advance / 2
            case .end: -extents.x_advance
            }
        cairo.move_to(context, start, 0)
        cairo.show_text(context, string)
    }

    private func draw(_ pixels: Pixels, in box: Rectangle) {
        let surface = cairo.image_surface_create(
            Int32(DIGITS_CAIRO_FORMAT_RGB24), Int32(pixels.width), Int32(pixels.height))!
        defer { cairo.surface_destroy(surface) }
        // Absent only if the memory is; the context then knows the surface's fault.
        if let bytes = cairo.image_surface_get_data(surface) {
            let stride = Int(cairo.image_surface_get_stride(surface))
            for row in 0..<pixels.height {
                let line = UnsafeMutableRawPointer(bytes + row * stride).assumingMemoryBound(to: UInt32.self)
                for column in 0..<pixels.width {
                    let color = pixels.colors[row * pixels.width + column]
                    line[column] = UInt32(color.red) << 16 | UInt32(color.green) << 8 | UInt32(color.blue)
                }
            }
            cairo.surface_mark_dirty(surface)
        }
        cairo.save(context)
        cairo.rectangle(context, box.x, box.y, box.width, box.height)
        cairo.clip(context)
        cairo.translate(context, box.x, box.y)
        cairo.scale(context, box.width / Double(pixels.width), box.height / Double(pixels.height))
        cairo.set_source_surface(context, surface, 0, 0)
        cairo.pattern_set_filter(
            cairo.get_source(context),
            Int32(pixels.arePhoto(in: box) ? DIGITS_CAIRO_FILTER_GOOD : DIGITS_CAIRO_FILTER_NEAREST))
        cairo.paint(context)
        cairo.restore(context)
    }
}
