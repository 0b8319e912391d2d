public import DigitRecognition
import Figures
import Imaging

extension ReadingStep {
    /// The step's images as PNG files, large ones reduced to what a page shows: ink dark on white, but the picture as it was given
    /// and digits light on black, as the network sees them. It needs no library of the system's but zlib.
    public var pictures: [[UInt8]] {
        images.map { image in
            switch kind {
            case .picture: PNGEncoder.encode(Photo(image, .page).pixels)
            case .digits: PNGEncoder.encode(Pixels(image))
            case .withoutPaper, .ink, .withoutRules, .pieces, .strips:
                PNGEncoder.encode(Photo(image.negative, .page).pixels)
            }
        }
    }
}
