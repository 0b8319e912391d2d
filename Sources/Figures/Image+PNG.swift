public import Imaging

extension Image {
    /// The image as a PNG file: 8 bits a channel, grey where every pixel is, without anything that tells of its origin.
    public var png: [UInt8] { PNGEncoder.encode(Pixels(self)) }
}
