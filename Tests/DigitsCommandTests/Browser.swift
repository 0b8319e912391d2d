import Foundation
import TestSupport
import Testing

/// Chromium without a window, where it is installed.
struct Browser {
    /// What a page looks like in a frame of a phone's width.
    struct Look: Decodable {
        /// The widest that anything in the page reaches, in pixels.
        let scrollWidth: Int
        /// Elements that reach beyond the frame and do not scroll by themselves.
        let outside: [String]
        /// Elements of each of these kinds.
        let tables: Int
        let figures: Int
        /// Tables that have room on the page once they are opened.
        let visibleTables: Int
        /// Colours as CSS writes them.
        let background: String
        let ink: String
        let figureInk: String
        /// Everything that was asked for beside the page itself.
        let requests: [String]
    }

    /// The colour scheme that the reader prefers.
    enum Scheme: Int {
        case dark = 0
        case light = 1
    }

    static let skipped: Comment = "Skipped: there is no Chromium."
    static let executable: URL? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let candidates = ["chromium", "chromium-browser", "google-chrome"].flatMap { name in
            folders.map { URL(fileURLWithPath: "\($0)/\(name)") }
        }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }()

    /// Where the pages are, and where the browser may write.
    let folder: URL

    /// Opens a page in a frame and measures it.
    /// - Parameter page: Its path in the folder.
    /// - Returns: What it looks like, and everything that the console was told, by the page or by the browser.
    func look(at page: String, width: Int, scheme: Scheme) throws -> (look: Look, console: [String]) {
        let frame = folder.appending(path: "frame.html")
        try Data(Self.frame(page: page, width: width).utf8).write(to: frame)
        let result = try run(
            ["--dump-dom", "--virtual-time-budget=10000", frame.absoluteString], scheme: scheme)
        guard let start = result.output.range(of: "<pre id=\"look\">"),
            let end = result.output.range(of: "</pre>", range: start.upperBound..<result.output.endIndex)
        else { throw Silence(output: result.output, errors: result.errors) }
        let json = result.output[start.upperBound..<end.lowerBound]
        let console = result.errors.split(separator: "\n").filter { $0.contains(":CONSOLE") }.map(
            String.init)
        return (try JSONDecoder().decode(Look.self, from: Data(json.utf8)), console)
    }

    /// Runs the browser and waits for its end.
    private func run(_ arguments: [String], scheme: Scheme) throws -> Program.Result {
        let options = [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--user-data-dir=\(folder.appending(path: "browser-profile").path)",
            // The frame's program looks into the page.
            "--allow-file-access-from-files", "--enable-logging=stderr",
            "--blink-settings=preferredColorScheme=\(scheme.rawValue)",
        ]
        return try Program(#require(Self.executable), in: folder).run(options + arguments)
    }

    /// A page that shows another in a frame, measures it, and writes into itself what it found.
    private static func frame(page: String, width: Int) -> String {
        """
        <!DOCTYPE html>
        <html><head><meta charset="utf-8"></head>
        <body><iframe style="border:0;width:\(width)px;height:800px" src="\(page)"></iframe><pre id="look"></pre>
        <script>
        document.querySelector("iframe").addEventListener("load", event => {
          const frame = event.target.contentWindow, page = frame.document;
          const style = element => frame.getComputedStyle(element);
          for (const details of page.querySelectorAll("details")) details.open = true;
          const look = {
            scrollWidth: page.documentElement.scrollWidth,
            outside: [...page.querySelectorAll("body *")]
              .filter(element => !element.parentElement.closest(".scroll"))
              .filter(element => element.getBoundingClientRect().right > \(width) + 0.5)
              .map(element => element.tagName),
            tables: page.querySelectorAll("table").length,
            figures: page.querySelectorAll("figure").length,
            visibleTables: [...page.querySelectorAll("table")].filter(table => table.offsetHeight > 20).length,
            background: style(page.body).backgroundColor, ink: style(page.body).color,
            figureInk: style(page.querySelector("svg text")).fill,
            requests: frame.performance.getEntriesByType("resource").map(entry => entry.name),
          };
          document.getElementById("look").textContent = JSON.stringify(look);
          console.log("measured");
        });
        </script></body></html>
        """
    }

    /// The browser did not say what it saw.
    private struct Silence: Error, CustomStringConvertible {
        let output: String
        let errors: String
        var description: String {
            "The browser measured nothing.\n\(output.prefix(2000))\n\(errors.prefix(2000))"
        }
    }
}
