public import Compute

/// The lengths of an image's axes: `[height][width][channels]`, the last running fastest.
public struct ImageShape: Sendable, Hashable {
    /// Number of rows.
    public let height: Int
    /// Number of columns.
    public let width: Int
    /// Numbers of each pixel: 1 for grey, 3 for red, green and blue.
    public let channels: Int

    /// Makes a shape.
    /// - Precondition: No length is negative.
    public init(height: Int, width: Int, channels: Int = 1) {
        precondition(
            height >= 0 && width >= 0 && channels >= 0,
            "An image of \(height)×\(width)×\(channels) cannot be.")
        self.height = height
        self.width = width
        self.channels = channels
    }

    /// Numbers of an image: `height * width * channels`.
    public var count: Int { height * width * channels }
}

extension ImageShape: CustomStringConvertible {
    /// As people write it: `28×28×1`.
    public var description: String { "\(height)×\(width)×\(channels)" }
}

extension Shape {
    /// The shape of a network's input that is one such image: `[height, width, channels]`.
    public init(_ image: ImageShape) { self = [image.height, image.width, image.channels] }
}

extension ImageShape {
    /// Calls `body` for each channel, in order, with its numbers, `[height][width]`, and with room for as many results, which become
    /// the same channel of `destination`. Of a grey image nothing is copied.
    func forEachChannel<Result>(
        of source: UnsafePointer<UInt8>, into destination: UnsafeMutablePointer<Result>,
        _ body: (UnsafePointer<UInt8>, UnsafeMutablePointer<Result>) -> Void
    ) {
        if channels == 1 { return body(source, destination) }
        let size = height * width
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size) { plane in
            withUnsafeTemporaryAllocation(of: Result.self, capacity: size) { result in
                guard let planeStart = plane.baseAddress, let resultStart = result.baseAddress else { return }
                for channel in 0..<channels {
                    for pixel in 0..<size {
                        (planeStart + pixel).initialize(to: source[pixel * channels + channel])
                    }
                    body(planeStart, resultStart)
                    for pixel in 0..<size { destination[pixel * channels + channel] = resultStart[pixel] }
                }
            }
        }
    }
}
