import Foundation

extension Chromium {
    /// How large a screen is, and whether fingers touch it.
    struct Screen: Sendable {
        let width: Int
        let height: Int
        let isTouched: Bool

        static let phone = Screen(width: 375, height: 667, isTouched: true)
        static let desktop = Screen(width: 1280, height: 900, isTouched: false)
    }

    /// Opens a page and waits until its program has run.
    func visit(_ url: String, on screen: Screen = .desktop, scheme: String = "light") async throws {
        try await send(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": screen.width, "height": screen.height, "deviceScaleFactor": 2,
                "mobile": screen.isTouched,
            ])
        try await send("Emulation.setTouchEmulationEnabled", ["enabled": screen.isTouched])
        try await send(
            "Emulation.setEmulatedMedia",
            ["features": [["name": "prefers-color-scheme", "value": scheme]]])
        try await send("Page.navigate", ["url": url])
        guard url != "about:blank" else { return }
        try await wait(for: "document.querySelector('#examples')?.children.length > 0")
    }

    /// The value of an expression, which may be a promise.
    func evaluate<Value: Decodable>(_ expression: String) async throws -> Value {
        let answer: Evaluation = try await send(
            "Runtime.evaluate",
            [
                "expression": "(async () => JSON.stringify(await (\(expression))))()", "awaitPromise": true,
                "returnByValue": true,
            ])
        guard let value = answer.result.value else {
            throw Failure(
                description: "\(expression): \(answer.exceptionDetails?.exception?.description ?? "nothing")")
        }
        return try JSONDecoder().decode(Value.self, from: Data(value.utf8))
    }

    /// Waits until an expression is true.
    func wait(for expression: String) async throws {
        for _ in 0..<400 {
            if (try? await evaluate("Boolean(\(expression))") as Bool) == true { return }
            try await Task.sleep(for: .milliseconds(25))
        }
        let state: String? = try? await evaluate("document.body.innerText")
        throw Failure(description: "This never came true: \(expression)\n\(state ?? "")\n\(console)")
    }

    /// Waits until the live region says something that begins so.
    func wait(forStatus words: String) async throws {
        try await wait(for: "document.querySelector('#status').textContent.startsWith('\(words)')")
    }

    /// Waits until what was drawn was read as some digits: while somebody draws, the answers to what was there before come first.
    func wait(forReading digits: String) async throws {
        try await wait(
            for: "/^(Read:|Not a|It )/.test(document.querySelector('#status').textContent) && "
                + "[...document.querySelectorAll('#digits b')].map(digit => digit.textContent).join('') === '\(digits)'"
        )
    }

    /// Draws lines on the paper with the mouse, or with a finger.
    /// - Parameter strokes: Points in 800ths of the paper's width.
    func draw(_ strokes: [[[Double]]], isTouching: Bool = false) async throws {
        let frame: [Double] = try await evaluate(
            "(r => [r.left, r.top, r.width / 800])(document.querySelector('#paper').getBoundingClientRect())")
        for stroke in strokes {
            for (index, point) in stroke.enumerated() {
                let place = (frame[0] + point[0] * frame[2], frame[1] + point[1] * frame[2])
                try await move(to: place, isFirst: index == 0, isTouching: isTouching)
            }
            guard let last = stroke.last else { continue }
            let place = (frame[0] + last[0] * frame[2], frame[1] + last[1] * frame[2])
            try await lift(at: place, isTouching: isTouching)
        }
    }

    private func move(to place: (Double, Double), isFirst: Bool, isTouching: Bool) async throws {
        if isTouching {
            try await send(
                "Input.dispatchTouchEvent",
                [
                    "type": isFirst ? "touchStart" : "touchMove",
                    "touchPoints": [["x": place.0, "y": place.1, "id": 1]],
                ])
        } else {
            try await send(
                "Input.dispatchMouseEvent",
                [
                    "type": isFirst ? "mousePressed" : "mouseMoved", "x": place.0, "y": place.1,
                    "button": "left", "buttons": 1, "clickCount": 1,
                ])
        }
    }

    private func lift(at place: (Double, Double), isTouching: Bool) async throws {
        if isTouching {
            try await send(
                "Input.dispatchTouchEvent", ["type": "touchEnd", "touchPoints": [[String: Double]]()])
        } else {
            try await send(
                "Input.dispatchMouseEvent",
                ["type": "mouseReleased", "x": place.0, "y": place.1, "button": "left", "clickCount": 1])
        }
    }

    /// Presses a key and lets it go.
    /// - Parameters:
    ///   - key: As `KeyboardEvent.key` has it.
    ///   - modifiers: 2 for Ctrl, 8 for Shift, and their sum.
    func press(_ key: String, modifiers: Int = 0) async throws {
        let codes = ["Tab": 9, " ": 32, "Delete": 46, "ArrowDown": 40]
        let code = codes[key] ?? Int(key.uppercased().utf8.first ?? 0)
        for type in ["rawKeyDown", "keyUp"] {
            try await send(
                "Input.dispatchKeyEvent",
                ["type": type, "key": key, "modifiers": modifiers, "windowsVirtualKeyCode": code])
        }
    }
}

/// What an expression came to: a text, or an exception.
private struct Evaluation: Decodable {
    struct Object: Decodable {
        let value: String?
    }
    struct Details: Decodable {
        let exception: Exception?
    }
    struct Exception: Decodable {
        let description: String?
    }

    let result: Object
    let exceptionDetails: Details?
}
