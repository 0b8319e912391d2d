import DigitRecognition
import Foundation
import TestSupport
import Testing

/// The page of a report in Chromium.
@Suite(.enabled(if: Browser.executable != nil, Browser.skipped))
struct ReportInBrowserTests {
    private func commandWithReport() throws -> BuiltCommand {
        let command = try BuiltCommand()
        try FabricatedData.writeTestSplit(to: command.directory)
        try ConvolutionalModel.write(to: command.directory)
        let result = try command.run(["evaluate", "model.safetensors", "--data", ".", "--report", "report"])
        #expect(result.exitCode == 0)
        return command
    }

    @Test(arguments: [360, 1200]) func thePageFitsItsWindowAndAsksForNothing(width: Int) throws {
        let command = try commandWithReport()
        defer { command.remove() }
        let (look, console) = try Browser(folder: command.directory).look(
            at: "report/report.html", width: width, scheme: .light)
        #expect(look.scrollWidth <= width)
        #expect(look.outside.isEmpty)
        #expect(look.requests.isEmpty)
        // The frame's own message shows that the console is heard.
        #expect(console.count == 1 && console[0].contains("measured"), "\(console)")
        #expect(look.figures == 12)
        #expect(look.tables > look.figures && look.visibleTables == look.tables)
    }

    @Test func thePageFollowsTheReadersColours() throws {
        let command = try commandWithReport()
        defer { command.remove() }
        let browser = Browser(folder: command.directory)
        let light = try browser.look(at: "report/report.html", width: 800, scheme: .light).look
        let dark = try browser.look(at: "report/report.html", width: 800, scheme: .dark).look
        #expect(light.background == "rgb(255, 255, 255)" && light.ink == "rgb(26, 26, 26)")
        #expect(dark.background == "rgb(20, 23, 26)" && dark.ink == "rgb(230, 230, 230)")
        #expect(light.figureInk == light.ink && dark.figureInk == dark.ink)
    }

    /// The measurements are worth something only if they find what is wrong.
    @Test func whatIsWrongWithAPageIsSeen() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let page = """
            <!DOCTYPE html><html><head><link rel="stylesheet" href="http://127.0.0.1:9/missing.css"/></head>
            <body><div style="width:900px">wide</div><svg><text>a</text></svg><script>undefinedName();</script></body></html>
            """
        try Data(page.utf8).write(to: command.directory.appending(path: "page.html"))
        let (look, console) = try Browser(folder: command.directory).look(
            at: "page.html", width: 360, scheme: .light)
        #expect(look.scrollWidth >= 900 && look.outside.contains("DIV"))
        #expect(look.requests.contains { $0 == "http://127.0.0.1:9/missing.css" })
        #expect(console.contains { $0.contains("undefinedName") })
    }
}
