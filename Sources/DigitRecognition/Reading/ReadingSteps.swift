import Imaging
import PictureReading

/// The steps of a reading, as far as they are asked for.
struct ReadingSteps {
    private(set) var all: [ReadingStep] = []
    private let isKept: Bool

    init(of image: Image, _ options: ReadingOptions) {
        isKept = options.keepsSteps
        add(.picture) { [image] }
    }

    /// The image's ink, and what it was taken from.
    mutating func add(_ ink: Ink, of image: Image) {
        add(.withoutPaper) { [InkFinder().depth(of: image, below: ink).inkImage] }
        add(.ink) { [ink.plane.inkImage] }
    }

    /// The one digit of the ink, and what the network saw of it.
    mutating func add(_ digit: SingleDigit, seen image: Image) {
        add(.withoutRules) { [digit.unframed.inkImage] }
        add(.pieces, boxes: [[digit.box]]) { [digit.piece.inkImage] }
        add(.digits) { [image] }
    }

    /// Lines that were read.
    /// - Parameter areas: The rectangle around each digit, in its strip.
    mutating func add(_ strips: [LineStrip], areas: [[Area]], of ink: Ink, with finder: StripFinder) {
        guard isKept else { return }
        let plane = finder.withoutRules(ink)
        add(.withoutRules) { [plane.inkImage] }
        add(.pieces, boxes: strips.map { [$0.line.box] }) {
            guard let plane = plane.normalized() else { return [] }
            let components = Components(of: plane)
            return strips.map { strip in
                let mask = components.mask(
                    of: strip.line.labels, in: strip.line.box)
                return plane.cropped(to: strip.line.box).zip(mask.maximum(radius: 2)) { $0 * $1 }.inkImage
            }
        }
        let boxes = zip(strips, areas).map { strip, areas in
            areas.map { PixelBox($0, width: strip.plane.width, height: strip.plane.height) }
        }
        add(.strips, boxes: boxes) { strips.map(\.plane.inkImage) }
        add(.digits) {
            zip(strips, boxes).flatMap { strip, boxes in
                boxes.map { DigitImage.fitted(strip.plane.cropped(to: $0)) }
            }
        }
    }

    private mutating func add(
        _ kind: ReadingStep.Kind, boxes: [[PixelBox]] = [], _ images: () -> [Image]
    ) {
        if isKept { all.append(ReadingStep(kind: kind, images: images(), boxes: boxes)) }
    }
}
