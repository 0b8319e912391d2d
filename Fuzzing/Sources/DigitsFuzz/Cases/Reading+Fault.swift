import DigitRecognition

extension Reading {
    /// What makes no sense about it; nil where all does.
    func fault(_ options: ReadingOptions) -> String? {
        if lines.isEmpty != (refusal != nil) {
            return "It has \(lines.count) lines and \(refusal == nil ? "no " : "a ")refusal."
        }
        if let refusal, let fault = sentenceFault(refusal.reason) { return fault }
        if options.layout != .lines, lines.count > 1 {
            return "It has \(lines.count) lines, where one was asked for."
        }
        for line in lines {
            if let fault = line.fault(options, width: width, height: height) { return "\(fault) (\(line))" }
        }
        return stepsFault(options)
    }

    private func stepsFault(_ options: ReadingOptions) -> String? {
        if !options.keepsSteps { return steps.isEmpty ? nil : "It has steps that nobody asked for." }
        guard steps.first?.kind == .picture else { return "Its first step is not the picture." }
        if Set(steps.map(\.kind)).count != steps.count { return "It has a step twice." }
        for (index, step) in steps.enumerated() {
            if step.images.contains(where: { $0.shape.count == 0 }), width * height > 0 {
                return "An image of the step \(step.kind) has no pixels."
            }
            switch step.kind {
            case .pieces, .strips:
                guard step.boxes.count == step.images.count else {
                    return
                        "The step \(step.kind) has \(step.images.count) images and \(step.boxes.count) boxes."
                }
                for (image, boxes) in zip(step.images, step.boxes) {
                    let around = step.kind == .pieces ? steps[index - 1].images[0] : image
                    if let box = boxes.first(where: {
                        !$0.isInside(width: around.width, height: around.height)
                    }) {
                        return "The step \(step.kind) has a box beyond its image of \(around.shape): \(box)."
                    }
                }
            default:
                guard step.boxes.isEmpty else { return "The step \(step.kind) has boxes." }
            }
        }
        return nil
    }
}

extension Reading.Line {
    fileprivate func fault(_ options: ReadingOptions, width: Int, height: Int) -> String? {
        guard !digits.isEmpty else { return "A line has no digit." }
        if options.layout == .digit, digits.count > 1 { return "There are \(digits.count) digits for one." }
        if let lengths = options.lengths, options.layout != .digit, !lengths.contains(digits.count) {
            return "A number has \(digits.count) digits, where \(lengths) were asked for."
        }
        guard 0...1 ~= confidence else { return "The line's confidence is \(confidence)." }
        guard -180...180 ~= angle else { return "The line's angle is \(angle)." }
        guard box.isInside(width: width, height: height) else {
            return "The line's box \(box) is not inside the picture of \(width)×\(height)."
        }
        for digit in digits {
            guard 0...9 ~= digit.value, digit.probabilities.count == 10 else {
                return "A digit is \(digit.value) of \(digit.probabilities.count)."
            }
            guard digit.probabilities.allSatisfy({ 0...1 ~= $0 }), digit.probabilities.reduce(0, +) <= 1.0001
            else { return "The probabilities \(digit.probabilities) make no sense." }
            guard abs(digit.confidence - Double(digit.probabilities[digit.value])) < 1e-6,
                digit.probabilities.allSatisfy({ Double($0) <= digit.confidence + 1e-6 })
            else { return "The confidence \(digit.confidence) is not the largest of \(digit.probabilities)." }
            guard digit.box.isInside(width: width, height: height) else {
                return "The digit's box \(digit.box) is not inside the picture of \(width)×\(height)."
            }
            guard box.left <= digit.box.left, digit.box.right <= box.right, box.top <= digit.box.top,
                digit.box.bottom <= box.bottom
            else { return "The digit's box \(digit.box) is not inside its line's, \(box)." }
        }
        return nil
    }
}

extension PixelBox {
    /// Whether it is of some pixels of an image, and of no others.
    fileprivate func isInside(width imageWidth: Int, height imageHeight: Int) -> Bool {
        width > 0 && height > 0 && left >= 0 && top >= 0 && right <= imageWidth && bottom <= imageHeight
    }
}
