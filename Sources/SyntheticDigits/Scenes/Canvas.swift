internal import Compute
internal import Imaging

/// An image that is being made: the light that comes back from each pixel, as shares from 0 to 1, and the ink of its digits.
struct Canvas {
    let height: Int
    let width: Int
    /// `[height][width]` for each channel: one for grey, or red, green and blue.
    var planes: [[Float]]
    let texture: Texture
    /// How much of each pixel is ink of digits, `[height][width]`, 0 to 255.
    private(set) var mask: [UInt8]
    /// For each pixel 0 without ink of digits, else 1 + the number of the digit that has most ink there.
    private(set) var owners: [UInt16]

    /// A canvas of white paper.
    init(height: Int, width: Int, channels: Int, random: inout CounterBasedRandom) {
        self.height = height
        self.width = width
        planes = [[Float]](repeating: [Float](repeating: 1, count: height * width), count: channels)
        texture = Texture(height: height, width: width, random: &random)
        mask = [UInt8](repeating: 0, count: height * width)
        owners = [UInt16](repeating: 0, count: height * width)
    }

    /// A colour's part in each channel; in a grey image its brightness.
    func channels(of color: SIMD3<Float>) -> [Float] {
        planes.count == 1
            ? [color.brightness] : [color.x, color.y, color.z]
    }

    /// Puts ink on the paper.
    mutating func draw(_ item: Item, seen view: View) {
        if let depths = depths(of: item, seen: view) { lay(item.ink, depths, around: item, seen: view) }
    }

    /// Puts the ink of a digit on the paper, and records it under its number.
    /// - Returns: The rectangle around it; nil, and nothing is drawn, where none of it is in the image.
    mutating func draw(_ item: Item, asDigit number: Int, seen view: View) -> PixelBox? {
        guard let depths = depths(of: item, seen: view) else { return nil }
        var (left, top, right, bottom) = (width, height, -1, -1)
        for row in 0..<depths.height {
            for column in 0..<depths.width {
                let ink = UInt8(255 * min(max(depths.depths[row * depths.width + column] + 0.5, 0), 1) + 0.5)
                guard ink > 0 else { continue }
                let (y, x) = (depths.top + row, depths.left + column)
                (left, top) = (min(left, x), min(top, y))
                (right, bottom) = (max(right, x), max(bottom, y))
                if ink >= mask[y * width + x] {
                    mask[y * width + x] = ink
                    owners[y * width + x] = UInt16(number + 1)
                }
            }
        }
        guard right >= left else { return nil }
        lay(item.ink, depths, around: item, seen: view)
        return PixelBox(left: left, top: top, width: right - left + 1, height: bottom - top + 1)
    }

    /// How deep in the ink the pixels around an item lie; nil where it is outside the image.
    private func depths(of item: Item, seen view: View) -> InkDepths? {
        switch item.glyph.shape {
        case .strokes(let strokes):
            let paths = strokes.map { path in
                let near = view.map(around: item.map(path.points[path.points.count / 2].place))
                let scale = near.after(item.map).scale
                return path.mapped {
                    PenPath.Point(place: view(item.map($0.place)), radius: scale * $0.radius)
                }
            }
            var bounds = Rectangle.nothing
            for path in paths {
                for point in path.points { bounds.include(point.place, reach: point.radius) }
            }
            guard var depths = InkDepths(around: bounds, height: height, width: width) else { return nil }
            for path in paths { depths.draw(path) }
            return depths
        case .field(let field, let map):
            let map = view.map(around: item.bounds.center).after(item.map).after(map)
            var bounds = Rectangle.nothing
            for corner in [SIMD2(0, 0), SIMD2(1, 0), SIMD2(0, 1), SIMD2<Float>(1, 1)] {
                bounds.include(map(corner * SIMD2(Float(field.width), Float(field.height))))
            }
            guard var depths = InkDepths(around: bounds, height: height, width: width) else { return nil }
            depths.draw(field, map)
            return depths
        }
    }

    /// Darkens the paper where there is ink, or covers it.
    private mutating func lay(_ ink: Ink, _ depths: InkDepths, around item: Item, seen view: View) {
        var strength = depths.depths
        let radius = item.strokeWidth / 2 * view.map(around: item.bounds.center).scale
        let opacity = ink.opacity * Self.share(ofRadius: radius)
        for row in 0..<depths.height {
            for column in 0..<depths.width {
                let index = row * depths.width + column
                guard strength[index] > -1 else {
                    strength[index] = 0
                    continue
                }
                let pixel = (depths.top + row) * width + depths.left + column
                let depth = strength[index] + ink.roughness * texture.coarse[pixel]
                let full = min(max(depth / ink.edge + 0.5, 0), 1)
                let grain = 1 - ink.tooth * max(0.5 * (texture.fine[pixel] + texture.coarse[pixel]) + 0.5, 0)
                let flow = 1 + ink.unevenness * (0.5 * texture.coarse[pixel] + texture.slow[pixel])
                strength[index] = full * min(max(opacity * grain * min(flow, 1.2), 0), 1)
            }
        }
        for (plane, color) in channels(of: ink.color).enumerated() {
            planes[plane].withUnsafeMutableBufferPointer { light in
                for row in 0..<depths.height {
                    for column in 0..<depths.width where strength[row * depths.width + column] > 0 {
                        let pixel = (depths.top + row) * width + depths.left + column
                        let target = ink.covers ? color : color * light[pixel]
                        light[pixel] += strength[row * depths.width + column] * (target - light[pixel])
                    }
                }
            }
        }
    }

    /// Ink narrower than a pixel covers only a part of it.
    private static func share(ofRadius radius: Float) -> Float {
        radius < 0.5 ? 2 * radius / ((radius + 0.5) * (radius + 0.5)) : 1
    }
}

extension InkDepths {
    /// The pixels of an image around a rectangle; nil where there are none.
    fileprivate init?(around bounds: Rectangle, height: Int, width: Int) {
        guard !bounds.isEmpty else { return nil }
        let size = SIMD2(Float(width), Float(height))
        let low = (bounds.low - 2).clamped(lowerBound: .zero, upperBound: size)
        let high = (bounds.high + 3).clamped(lowerBound: .zero, upperBound: size)
        let (left, top) = (Int(low.x), Int(low.y))
        guard Int(high.x) > left, Int(high.y) > top else { return nil }
        self.init(left: left, top: top, width: Int(high.x) - left, height: Int(high.y) - top)
    }

    /// Draws a field of depths through a map from its grid to the image.
    fileprivate mutating func draw(_ field: InkField, _ map: AffineMap) {
        let inverse = map.inverse
        let scale = map.scale
        // Where the image is coarser than the grid, a pixel is the mean of four places.
        let places: [SIMD2<Float>] =
            scale < 0.7
            ? [SIMD2(0.25, 0.25), SIMD2(0.75, 0.25), SIMD2(0.25, 0.75), SIMD2(0.75, 0.75)] : [SIMD2(0.5, 0.5)]
        for row in 0..<height {
            for column in 0..<width {
                var sum: Float = 0
                for place in places {
                    sum += field.depth(at: inverse(place + SIMD2(Float(left + column), Float(top + row))))
                }
                depths[row * width + column] = sum * scale / Float(places.count)
            }
        }
    }
}
