import Foundation
import Testing

/// How the page looks and what it is called, in Chromium.
@Suite(.serialized, .enabled(if: Chromium.executable != nil, Chromium.skipped))
struct PageLookTests {
    @Test(arguments: ["light", "dark"], [Chromium.Screen.phone, .desktop])
    func everythingFitsAndCanBeRead(scheme: String, screen: Chromium.Screen) async throws {
        try await TestServer.run { server in
            try await Chromium.run { browser in
                try await browser.visit("http://127.0.0.1:\(server.port)/", on: screen, scheme: scheme)
                let _: Bool = try await browser.evaluate("document.querySelector('details').open = true")
                try await check(browser, screen)
                // With ten digits on the paper and all that is said of them.
                let _: Bool = try await browser.evaluate(
                    "(document.querySelectorAll('#examples button')[3].click(), true)")
                try await browser.wait(for: "document.querySelectorAll('.digit').length === 10")
                try await check(browser, screen)
            }
        }
    }

    private func check(_ browser: Chromium, _ screen: Chromium.Screen) async throws {
        let look: PageLook = try await browser.evaluate(PageLook.script)
        #expect(look.scrollWidth <= screen.width)
        #expect(look.outside == [])
        #expect(look.pale.isEmpty, "\(look.pale)")
        #expect(look.textCount > 20)
    }

    /// The measurements are worth something only if they find what is wrong.
    @Test func whatIsWrongWithAPageIsSeen() async throws {
        try await Chromium.run { browser in
            try await browser.send("Page.navigate", ["url": "about:blank"])
            let look: PageLook = try await browser.evaluate(
                """
                (() => {
                  document.body.innerHTML = '<p style="color:#999">pale</p><div style="width:9000px">wide</div>';
                  console.log("heard");
                  return \(PageLook.script);
                })()
                """)
            #expect(look.pale.map(\.text) == ["pale"] && look.outside.count == 1 && look.scrollWidth >= 9000)
            #expect(await browser.console.contains { $0.contains("heard") })
        }
    }

    @Test func everyControlHasAName() async throws {
        struct Tree: Decodable {
            struct Value: Decodable { let value: String? }
            struct Node: Decodable {
                let ignored: Bool
                let role: Value?
                let name: Value?
            }
            let nodes: [Node]
        }
        try await TestServer.run { server in
            try await Chromium.run { browser in
                try await browser.visit("http://127.0.0.1:\(server.port)/", on: .phone)
                let tree: Tree = try await browser.send("Accessibility.getFullAXTree")
                let controls = tree.nodes.filter { !$0.ignored }.filter {
                    ["button", "slider", "application", "group", "region", "list"].contains($0.role?.value)
                }
                #expect(controls.count > 25)
                #expect(controls.allSatisfy { !($0.name?.value ?? "").isEmpty })
                #expect(tree.nodes.contains { $0.role?.value == "status" })
            }
        }
    }

    @Test func theKeyboardReachesEverythingAndShowsWhereItIs() async throws {
        try await TestServer.run { server in
            try await Chromium.run { browser in
                try await browser.visit("http://127.0.0.1:\(server.port)/")
                try await browser.draw(Handwriting.strokes(of: 3, left: 250, top: 100, height: 380))
                try await browser.wait(forReading: "3")
                let all: [String] = try await browser.evaluate(
                    """
                    [...document.querySelectorAll("button, input, [tabindex], summary")]
                      .filter(element => !element.disabled && element.checkVisibility()).map(\(Self.nameOfElement))
                    """)
                let _: Bool = try await browser.evaluate(
                    "(document.activeElement.blur(), scrollTo(0, 0), true)")
                var reached: Set<String> = []
                for _ in 0..<(all.count + 4) {
                    try await browser.press("Tab")
                    let name: String = try await browser.evaluate(
                        "(\(Self.nameOfElement))(document.activeElement)")
                    reached.insert(name)
                    // A file input is as small as a point; its label shows where the focus is.
                    let width: String = try await browser.evaluate(
                        """
                        (element => {
                          const style = getComputedStyle(
                            element.matches(".file") ? element.nextElementSibling : element);
                          return style.outlineStyle + style.outlineWidth;
                        })(document.activeElement)
                        """)
                    #expect(name == "BODY" || width == "solid3px", "\(name)")
                }
                #expect(Set(all).subtracting(reached) == [])
            }
        }
    }

    private static let nameOfElement = """
        (element => element.tagName === "BODY" ? "BODY"
          : element.id || element.getAttribute("aria-label") || element.textContent)
        """

    @Test func onceLoadedItOpensWithoutTheServer() async throws {
        try await Chromium.run { browser in
            var origin = ""
            try await TestServer.run { server in
                origin = "http://127.0.0.1:\(server.port)/"
                try await browser.visit(origin)
                try await browser.wait(for: "navigator.serviceWorker?.controller")
                let count = "caches.open('page').then(cache => cache.keys()).then(keys => keys.length)"
                #expect(try await browser.evaluate(count) as Int > 15)
            }
            try await browser.visit("about:blank")
            try await browser.visit(origin)
            try await browser.draw(Handwriting.strokes(of: 3, left: 250, top: 100, height: 380))
            try await browser.wait(forStatus: "The server cannot be reached")
        }
    }
}
