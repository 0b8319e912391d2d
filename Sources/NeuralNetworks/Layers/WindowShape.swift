import Compute

/// What convolutions and pools share: a window that moves over a picture.
struct WindowShape {
    let layer: String
    let window: [Int]
    let stride: [Int]
    let padding: Padding

    func outputSize(for input: Shape) throws(ShapeError) -> (rows: Int, columns: Int) {
        let range = 1...SizeLimit.window
        guard window.count == 2, stride.count == 2, window.allSatisfy(range.contains),
            stride.allSatisfy(range.contains)
        else {
            throw ShapeError(
                layer: layer,
                reason: "Window \(window) with stride \(stride); both need two numbers in \(range).")
        }
        guard input.rank == 3 else {
            throw ShapeError(
                layer: layer,
                reason: "The input has shape \(input), but a picture height×width×channels is needed; "
                    + "put this layer before Flatten.")
        }
        let rows = padding.outputSize(input: input[0], window: window[0], stride: stride[0])
        let columns = padding.outputSize(input: input[1], window: window[1], stride: stride[1])
        guard rows > 0, columns > 0 else {
            throw ShapeError(
                layer: layer,
                reason: "A \(window[0])×\(window[1]) window does not fit into the input \(input); "
                    + "use a smaller window, fewer pools before it, or padding: .same.")
        }
        return (rows, columns)
    }
}
