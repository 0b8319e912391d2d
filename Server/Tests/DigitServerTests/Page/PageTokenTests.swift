import Foundation
import Testing

/// The page of a server that needs a token.
@Suite(.serialized, .enabled(if: Chromium.executable != nil, Chromium.skipped))
struct PageTokenTests {
    private let isAsked = "!document.querySelector('#access').hidden"

    private func give(_ token: String, to browser: Chromium) async throws {
        try await browser.wait(for: "\(isAsked) && document.activeElement.id === 'token'")
        try await browser.send("Input.insertText", ["text": token])
        let _: Bool = try await browser.evaluate("(document.querySelector('#access button').click(), true)")
    }

    @Test func tokenIsAskedForAndKeptForTheTab() async throws {
        try await TestTokens.withFile { file in
            try await TestServer.run(arguments: ["--tokens", file]) { server in
                try await Chromium.run { browser in
                    let address = "http://127.0.0.1:\(server.port)/"
                    try await browser.visit(address)
                    let reason = "document.querySelector('#reason').textContent"
                    try await give("digits_wrong", to: browser)
                    try await browser.wait(for: "\(isAsked) && \(reason).includes('does not know')")
                    // What no field of HTTP can have is not sent.
                    let asked = await browser.requests.count
                    try await give("schlüssel", to: browser)
                    #expect(try await browser.evaluate(isAsked))
                    #expect(await browser.requests.count == asked)
                    let _: String = try await browser.evaluate("document.querySelector('#token').value = ''")

                    // What was drawn before is read as soon as the token is there.
                    try await browser.draw(Handwriting.strokes(of: 5, left: 250, top: 100, height: 380))
                    try await browser.send("Page.bringToFront")
                    let _: Bool = try await browser.evaluate(
                        "(document.querySelector('#token').focus(), true)")
                    try await give(" \(TestTokens.token) ", to: browser)
                    try await browser.wait(forReading: "5")
                    #expect(try await browser.evaluate("document.querySelector('#access').hidden"))

                    let places: [String] = try await browser.evaluate(
                        "[location.href, JSON.stringify(localStorage), document.cookie, document.documentElement.outerHTML, document.querySelector('#token').value]"
                    )
                    #expect(places.allSatisfy { !$0.contains(TestTokens.token) })
                    #expect(await browser.requests.allSatisfy { !$0.contains("digits_") })
                    #expect(try await browser.evaluate("sessionStorage.token") == TestTokens.token)

                    // The same tab does not ask again.
                    try await browser.visit("about:blank")
                    try await browser.visit(places[0])
                    try await browser.wait(forReading: "5")
                    #expect(try await browser.evaluate("document.querySelector('#access').hidden"))
                }
            }
        }
    }

    @Test func withoutTokensNobodyIsAsked() async throws {
        try await TestServer.run(arguments: []) { server in
            try await Chromium.run { browser in
                try await browser.visit("http://127.0.0.1:\(server.port)/")
                try await browser.draw(Handwriting.strokes(of: 5, left: 250, top: 100, height: 380))
                try await browser.wait(forReading: "5")
                #expect(try await browser.evaluate("document.querySelector('#access').hidden"))
                #expect(await browser.console == [])
            }
        }
    }
}
