internal import Compute
internal import Imaging

/// What takes a picture of a lit scene: lens, sensor, tone curve, file format; of a camera or a scanner.
struct Camera {
    /// Deviation of the lens's blur, in pixels.
    var blur: Float = 0
    /// How far the camera moves while it looks, in pixels.
    var motion = SIMD2<Float>.zero
    /// The sensor's pixels for a pixel of the image, along a side; below 1 the image was enlarged.
    var resolution: Float = 1
    /// Deviation of the sensor's noise, as a share of full brightness.
    var noise: Float = 0
    /// How much the edges are sharpened.
    var sharpening: Float = 0
    /// What brightness is multiplied with about `pivot`, and what is added.
    var contrast: Float = 1
    var pivot: Float = 0.5
    var shift: Float = 0
    /// The quality of the compression, 1 to 100; nil for none.
    var quality: Int?

    /// Takes the picture.
    func take(_ canvas: Canvas, random: inout CounterBasedRandom) -> Image {
        let (height, width) = (canvas.height, canvas.width)
        var planes = canvas.planes
        for plane in planes.indices {
            expose(&planes[plane], height: height, width: width)
        }
        addNoise(to: &planes, random: &random)
        let channels = planes.count
        var bytes = [UInt8](repeating: 0, count: height * width * channels)
        for (plane, light) in planes.enumerated() {
            for pixel in light.indices {
                let value = (light[pixel] - pivot) * contrast + pivot + shift
                bytes[pixel * channels + plane] = UInt8(255 * min(max(value, 0), 1) + 0.5)
            }
        }
        let image = Image(height: height, width: width, channels: channels, pixels: bytes)
        return quality.map { BlockCompression(quality: $0).applied(to: image) } ?? image
    }

    /// Lens and sensor.
    private func expose(_ light: inout [Float], height: Int, width: Int) {
        if motion != .zero { light = moved(light, height: height, width: width) }
        // What is finer than the sensor's pixels melts.
        let sensorBlur = resolution < 1 ? 0.45 / resolution : 0
        let deviation = (blur * blur + sensorBlur * sensorBlur).squareRoot()
        Blur(deviation: deviation).apply(to: &light, height: height, width: width)
        if resolution < 1 {
            let (rows, columns) = (
                max(6, Int(resolution * Float(height))), max(6, Int(resolution * Float(width)))
            )
            let small = BilinearResize.resized(
                light, height: height, width: width, toHeight: rows, width: columns)
            light = BilinearResize.resized(
                small, height: rows, width: columns, toHeight: height, width: width)
        }
        if sharpening > 0 {
            var soft = light
            Blur(deviation: 1.2).apply(to: &soft, height: height, width: width)
            for pixel in light.indices { light[pixel] += sharpening * (light[pixel] - soft[pixel]) }
        }
    }

    /// The mean along the way that the camera moves.
    private func moved(_ light: [Float], height: Int, width: Int) -> [Float] {
        let steps = 5
        var result = [Float](repeating: 0, count: light.count)
        for step in 0..<steps {
            let offset = motion * (Float(step) / Float(steps - 1) - 0.5)
            let (x, y) = (Int(offset.x.rounded()), Int(offset.y.rounded()))
            for row in 0..<height {
                let source = min(max(row + y, 0), height - 1) * width
                for column in 0..<width {
                    result[row * width + column] +=
                        light[source + min(max(column + x, 0), width - 1)] / Float(steps)
                }
            }
        }
        return result
    }

    /// Noise of the sensor, mostly the same in all channels.
    private func addNoise(to planes: inout [[Float]], random: inout CounterBasedRandom) {
        guard noise > 0, let count = planes.first?.count else { return }
        var shared = [Float](repeating: 0, count: count)
        shared.withUnsafeMutableBufferPointer { random.fillNormal($0, deviation: 1) }
        var own = [Float](repeating: 0, count: planes.count > 1 ? count : 0)
        for plane in planes.indices {
            own.withUnsafeMutableBufferPointer { random.fillNormal($0, deviation: 0.5) }
            for pixel in 0..<count {
                planes[plane][pixel] += noise * (shared[pixel] + (own.isEmpty ? 0 : own[pixel]))
            }
        }
    }
}

/// A blur in both directions by a smooth bell of finite width.
struct Blur {
    /// Weights of the pixel itself and of those at either side, nearest first.
    private let weights: [Float]

    /// - Parameter deviation: Of the bell, in pixels; below a third nothing is blurred.
    init(deviation: Float) {
        // (1 - x²/r²)³ has the variance r² / 9.
        let reach = 3 * deviation
        var weights: [Float] = [1]
        var sum: Float = 1
        var distance: Float = 1
        while distance < reach {
            let rest = 1 - distance * distance / (reach * reach)
            weights.append(rest * rest * rest)
            sum += 2 * rest * rest * rest
            distance += 1
        }
        self.weights = weights.map { $0 / sum }
    }

    /// Blurs `[height][width]`; beyond the edges the outermost pixels go on.
    func apply(to values: inout [Float], height: Int, width: Int) {
        guard weights.count > 1, height > 0, width > 0 else { return }
        let reach = weights.count - 1
        var lines = [Float](repeating: 0, count: values.count)
        // A row with the pixels that go on at both sides.
        var padded = [Float](repeating: 0, count: width + 2 * reach)
        values.withUnsafeMutableBufferPointer { values in
            lines.withUnsafeMutableBufferPointer { lines in
                padded.withUnsafeMutableBufferPointer { padded in
                    for row in 0..<height {
                        let start = row * width
                        for column in padded.indices {
                            padded[column] = values[start + min(max(column - reach, 0), width - 1)]
                        }
                        for column in 0..<width {
                            lines[start + column] = weights[0] * padded[reach + column]
                        }
                        for step in 1...reach {
                            let weight = weights[step]
                            for column in 0..<width {
                                lines[start + column] +=
                                    weight * (padded[reach + column - step] + padded[reach + column + step])
                            }
                        }
                    }
                }
                for row in 0..<height {
                    let start = row * width
                    for column in 0..<width { values[start + column] = weights[0] * lines[start + column] }
                    for step in 1...reach {
                        let (above, below) = (max(row - step, 0) * width, min(row + step, height - 1) * width)
                        let weight = weights[step]
                        for column in 0..<width {
                            values[start + column] += weight * (lines[above + column] + lines[below + column])
                        }
                    }
                }
            }
        }
    }
}
