package import Imaging

/// A picture of handwritten numbers whose truth is known.
package struct Scene: Sendable, Hashable {
    /// A digit that can be seen.
    package struct Digit: Sendable, Hashable {
        /// 0 to 9.
        package let value: Int
        /// The smallest rectangle with all of its ink in the image.
        package let box: PixelBox

        package init(value: Int, box: PixelBox) {
            self.value = value
            self.box = box
        }
    }

    /// A number, or a digit by itself: its digits from left to right. None is without digits.
    package struct Line: Sendable, Hashable {
        package let digits: [Digit]

        /// What is to be read, such as `74213`.
        package var text: String { digits.map { String($0.value) }.joined() }
    }

    /// What a camera, a scanner or a program made of it, grey or in colours.
    package let image: Image
    /// From top to bottom, where they lie below each other.
    package let lines: [Line]
    /// The ink of digits before paper, light and camera did anything to it: a grey image as large as `image`, 0 for none and 255
    /// where a pixel is full of it. Ink of other marks is not in it.
    package let mask: Image
    /// For each pixel 0 where the mask is 0, else 1 + the number in `digits` of the digit that has most ink there.
    package let owners: [UInt16]

    /// All digits, line after line.
    package var digits: [Digit] { lines.flatMap(\.digits) }
}
