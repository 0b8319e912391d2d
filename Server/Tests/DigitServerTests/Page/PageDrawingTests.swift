import Foundation
import Testing

/// The page in Chromium: what is drawn with mouse, finger and keys is read.
@Suite(.serialized, .enabled(if: Chromium.executable != nil, Chromium.skipped))
struct PageDrawingTests {
    /// Runs something with a server and a browser that shows its page; at the end nothing may have been said to
    /// the console, and nobody else asked.
    private func withPage(
        on screen: Chromium.Screen = .desktop, _ body: (Chromium, TestServer) async throws -> Void
    ) async throws {
        try await TestServer.run { server in
            try await Chromium.run { browser in
                let origin = "http://127.0.0.1:\(server.port)/"
                try await browser.visit(origin, on: screen)
                try await body(browser, server)
                #expect(await browser.console == [])
                let requests = await browser.requests
                #expect(
                    requests.contains(origin) && requests.allSatisfy { $0.hasPrefix(origin) }, "\(requests)")
            }
        }
    }

    @Test func eachOfTenDigitsIsReadAsItIsDrawn() async throws {
        try await withPage { browser, _ in
            let bars =
                "[...document.querySelectorAll('#bars li')].map(bar => bar.getBoundingClientRect().left)"
            let places: [Double] = try await browser.evaluate(bars)
            #expect(places.count == 10 && places == places.sorted())
            for digit in 0..<10 {
                try await browser.draw(Handwriting.strokes(of: digit, left: 250, top: 100, height: 380))
                try await browser.wait(forReading: "\(digit)")
                // The bars never change places, and the highest is the digit's.
                #expect(try await browser.evaluate(bars) == places)
                let highest: [String] = try await browser.evaluate(
                    "[...document.querySelectorAll('#bars .likeliest button')].map(bar => bar.textContent)")
                #expect(highest == ["\(digit)"])
                try await browser.press("Delete")
                try await browser.wait(forStatus: "Nothing")
            }
        }
    }

    @Test func aNumberIsReadWithABoxForEachDigit() async throws {
        try await withPage { browser, _ in
            for (index, digit) in [2, 0, 7].enumerated() {
                try await browser.draw(
                    Handwriting.strokes(of: digit, left: 80 + Double(index) * 230, top: 180, height: 200))
            }
            try await browser.wait(forStatus: "Read: 207")
            let boxes: [String] = try await browser.evaluate(
                "[...document.querySelectorAll('.box')].map(box => box.textContent)")
            #expect(boxes == ["2", "0", "7"])
            // What the network saw is there, with ink.
            try await browser.wait(for: "document.querySelector('#seen').innerText.includes('The cross is')")
            // Undone by stroke, the last digit goes and comes back.
            try await browser.press("z", modifiers: 2)
            try await browser.wait(forStatus: "Read: 20.")
            try await browser.press("z", modifiers: 2 + 8)
            try await browser.wait(forStatus: "Read: 207")
        }
    }

    @Test func aFingerDrawsAndTwoDoNot() async throws {
        try await withPage(on: .phone) { browser, _ in
            try await browser.draw(
                Handwriting.strokes(of: 4, left: 250, top: 100, height: 380), isTouching: true)
            try await browser.wait(forReading: "4")
            let scrolled: Double = try await browser.evaluate("scrollY")
            #expect(scrolled == 0)
            try await browser.press("Delete")
            try await browser.wait(forStatus: "Nothing")
            for points in [[[100, 200]], [[100, 200], [200, 220]], [[110, 210], [210, 230]]] {
                try await browser.send(
                    "Input.dispatchTouchEvent",
                    [
                        "type": points == [[110, 210], [210, 230]] ? "touchMove" : "touchStart",
                        "touchPoints": points.enumerated().map { ["x": $1[0], "y": $1[1], "id": $0] },
                    ])
            }
            try await browser.send(
                "Input.dispatchTouchEvent", ["type": "touchEnd", "touchPoints": [[String: Int]]()])
            try await browser.wait(for: "document.querySelector('#clear').disabled")
        }
    }

    @Test func whatIsNoDigitIsCalledSo() async throws {
        try await withPage { browser, _ in
            try await browser.draw([Handwriting.star])
            try await browser.wait(forReading: "")
            let words: String = try await browser.evaluate("document.querySelector('#words').textContent")
            #expect(words.hasPrefix("Not a digit."))
        }
    }

    @Test func keysAloneDraw() async throws {
        try await withPage { browser, _ in
            try await browser.press("Tab")
            #expect(try await browser.evaluate("document.activeElement.id") == "paper")
            try await browser.press(" ")
            for _ in 0..<40 { try await browser.press("ArrowDown") }
            try await browser.press(" ")
            try await browser.wait(forReading: "1")
        }
    }

    @Test func aLinkShowsTheDrawingAgain() async throws {
        try await withPage { browser, server in
            try await browser.draw(Handwriting.strokes(of: 5, left: 250, top: 100, height: 380))
            try await browser.wait(forReading: "5")
            let fragment: String = try await browser.evaluate("location.hash")
            #expect(fragment.count > 20 && fragment.count < 600)
            let confidence = "document.querySelector('.digit').getAttribute('aria-label')"
            let before: String = try await browser.evaluate(confidence)
            try await browser.visit("about:blank")
            try await browser.visit("http://127.0.0.1:\(server.port)/\(fragment)")
            try await browser.wait(forReading: "5")
            #expect(try await browser.evaluate(confidence) == before)
        }
    }

    @Test func aPictureThatIsChosenIsReadWithBoxes() async throws {
        try await withPage { browser, _ in
            let chosen: Bool = try await browser.evaluate(
                """
                (async () => {
                  const { png } = await import("/page/ink.js");
                  const { examples, strokes } = await import("/page/examples.js");
                  const files = new DataTransfer();
                  files.items.add(new File([await png(strokes(examples[1]))], "a.png", { type: "image/png" }));
                  const input = document.querySelector("#choose");
                  input.files = files.files;
                  return input.dispatchEvent(new Event("change"));
                })()
                """)
            #expect(chosen)
            try await browser.wait(forReading: "42")
            #expect(try await browser.evaluate("document.querySelectorAll('.box').length") == 2)
            #expect(try await browser.evaluate("!document.querySelector('#photo').hidden"))
        }
    }
}
