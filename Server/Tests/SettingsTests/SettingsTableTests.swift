import Foundation
import Settings
import Testing

/// A program with a setting of each kind.
@Suite struct SettingsTableTests {
    enum Colour: String, CaseIterable, Sendable { case red, green }

    struct Values: Equatable, Sendable {
        var port = 80
        var threads: Int?
        var limit = 1 << 20
        var wait = Duration.seconds(2)
        var isLoud = true
        var colour = Colour.red
        var host = "localhost"
        var folder: String?
        var pairs: [String] = []
    }

    private let table = SettingsTable(
        prefix: "APP", defaults: Values(),
        [
            .init(
                "Listening",
                [
                    .text("host", \.host, "NAME", "The host."),
                    .integer("port", \.port, 0...65_535, "The port."),
                    .bytes("body-limit", \.limit, 1...(1 << 30), "Bytes of a body."),
                    .seconds("wait", \.wait, 0...60, "How long to wait."),
                ]),
            .init(
                "More",
                [
                    .integer("threads", \.threads, 1...64, open: "all", "Threads."),
                    .flag("loud", \.isLoud, "Whether it is loud."),
                    .choice("colour", \.colour, "The colour."),
                    .text("folder", \.folder, "FOLDER", "A folder."),
                    .list("pair", "NAME=PATH", "A pair.") {
                        (values: inout Values, items: [String]) throws(SettingReason) in
                        guard items.allSatisfy({ $0.contains("=") }) else {
                            throw SettingReason("a name and a path with “=” between them")
                        }
                        values.pairs = items
                    },
                ]),
        ])

    private func values(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Values {
        try table.values(arguments: arguments, environment: environment)
    }

    private func sentence(_ arguments: [String], _ environment: [String: String] = [:]) -> String {
        do {
            return "no error, but \(try values(arguments, environment))"
        } catch {
            return "\(error)"
        }
    }

    private func withFile<Result>(_ text: String, _ body: (String) throws -> Result) rethrows -> Result {
        let path = FileManager.default.temporaryDirectory.appending(
            path: "\(UInt64.random(in: 0 ... .max)).json"
        ).path
        #expect(FileManager.default.createFile(atPath: path, contents: Data(text.utf8)))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(path)
    }

    @Test func nothingGivenIsTheDefaults() throws {
        #expect(try values([]) == Values())
    }

    @Test func everyKindFromTheCommandLine() throws {
        let given = try values([
            "--port=8080", "--threads", "3", "--body-limit", "2MiB", "--wait", "0.5", "--no-loud", "--colour",
            "green",
            "--host", "::1", "--folder", "/a b", "--pair", "a=b,c", "--pair=d=e",
        ])
        let expected = Values(
            port: 8080, threads: 3, limit: 2 << 20, wait: .milliseconds(500), isLoud: false, colour: .green,
            host: "::1",
            folder: "/a b", pairs: ["a=b,c", "d=e"])
        #expect(given == expected)
    }

    @Test func everyKindFromTheEnvironment() throws {
        let given = try values(
            [],
            [
                "APP_PORT": "8080", "APP_THREADS": "3", "APP_BODY_LIMIT": "2MiB", "APP_WAIT": "0.5",
                "APP_LOUD": "off",
                "APP_COLOUR": "green", "APP_HOST": "::1", "APP_FOLDER": "/a", "APP_PAIR": "a=b,d=e",
                "OTHER": "x",
            ])
        #expect(
            given.pairs == ["a=b", "d=e"] && given.port == 8080 && given.threads == 3
                && given.limit == 2 << 20)
        #expect(
            given.wait == .milliseconds(500) && !given.isLoud && given.colour == .green
                && given.folder == "/a")
    }

    @Test func everyKindFromAFile() throws {
        let text = """
            {"port": 8080, "threads": 3, "body-limit": "2MiB", "wait": 0.5, "loud": false, "colour": "green", "host": "::1",
             "folder": "/a", "pair": ["a=b,c", "d=e"]}
            """
        let given = try withFile(text) { try values(["--config", $0]) }
        #expect(
            given.pairs == ["a=b,c", "d=e"] && given.port == 8080 && given.threads == 3
                && given.limit == 2 << 20)
        #expect(
            given.wait == .milliseconds(500) && !given.isLoud && given.colour == .green
                && given.folder == "/a")
        #expect(
            try withFile("{\"body-limit\": 7, \"wait\": 3}") { try values([], ["APP_CONFIG": $0]) }.limit == 7
        )
    }

    @Test func flagsCountMoreThanVariablesAndTheseMoreThanTheFile() throws {
        try withFile("{\"port\": 1, \"host\": \"file\", \"colour\": \"green\"}") { path in
            let given = try values(
                ["--port", "3", "--config", path], ["APP_PORT": "2", "APP_HOST": "variable"])
            #expect(given.port == 3 && given.host == "variable" && given.colour == .green)
        }
    }

    @Test func aBadValueIsToldWithItsPlaceAndWhatWasExpected() {
        #expect(
            sentence(["--port", "80a"]) == "--port is “80a”, but must be a whole number from 0 to 65535.")
        #expect(
            sentence([], ["APP_PORT": "65536"])
                == "The variable APP_PORT is “65536”, but must be a whole number from 0 to 65535.")
        #expect(
            sentence(["--body-limit", "2GiB"])
                == "--body-limit is “2GiB”, but must be a number of bytes from 1 to 1GiB.")
        #expect(
            sentence(["--wait", "nan"]) == "--wait is “nan”, but must be a number of seconds from 0 to 60.")
        #expect(sentence(["--colour", "blue"]) == "--colour is “blue”, but must be one of red, green.")
        #expect(sentence(["--loud=maybe"]) == "--loud is “maybe”, but must be true or false.")
        #expect(
            sentence(["--pair", "x"]) == "--pair is “x”, but must be a name and a path with “=” between them."
        )
        #expect(
            sentence(["--port"])
                == "--port has no value: a whole number from 0 to 65535 was expected behind it.")
        #expect(sentence(["--port", "1", "--port", "2"]) == "--port is given twice: give it once.")
        #expect(sentence(["8080"]).hasPrefix("“8080” is no flag"))
    }

    @Test(arguments: ["\"8080\"", "true", "1.5", "-1", "70000", "null", "[8080]", "{\"x\": 1}"])
    func aBadValueInAFileIsToldWithItsKey(_ value: String) throws {
        withFile("{\"port\": \(value)}") { path in
            #expect(
                sentence(["--config", path])
                    == "The key “port” in \(path) must be a whole number from 0 to 65535.")
        }
    }

    @Test func unknownNamesAreRefusedWithTheNearest() {
        #expect(sentence(["--prot", "1"]) == "There is no --prot: did you mean --port?")
        #expect(sentence(["--no-port"]) == "There is no --no-port: --help lists the flags.")
        #expect(
            sentence([], ["APP_BODYLIMIT": "1"])
                == "There is no variable APP_BODYLIMIT: did you mean APP_BODY_LIMIT?")
        withFile("{\"hots\": 1}") { path in
            #expect(
                sentence(["--config", path]) == "There is no key “hots” in \(path): did you mean “host”?")
        }
    }

    @Test func aFileThatIsNoneIsTold() {
        #expect(sentence(["--config", "/none"]).hasPrefix("The file /none cannot be read"))
        for text in ["", "[]", "{\"port\": 1", "{\"pair\": [\"a=b\", 1]}"] {
            withFile(text) { #expect(sentence(["--config", $0]).contains($0), "\(text)") }
        }
    }

    @Test func helpHasEverySettingInEightyColumns() {
        #expect(table.help.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(
            table.help.hasPrefix(
                """
                LISTENING
                  --host NAME
                      The host. Default: localhost.
                  --port N
                      The port. Default: 80.
                  --body-limit BYTES
                      Bytes of a body. Default: 1MiB.

                """))
        #expect(table.help.contains("  --[no-]loud\n      Whether it is loud. Default: true.\n"))
    }

    @Test func theTableOfTheDocumentationHasEverySetting() {
        #expect(
            table.markdown.hasPrefix(
                """
                ### Listening

                | flag | variable | values | default | |
                |---|---|---|---|---|
                | `--host` | `APP_HOST` | NAME | `localhost` | The host. |
                | `--port` | `APP_PORT` | 0 … 65535 | `80` | The port. |
                | `--body-limit` | `APP_BODY_LIMIT` | 1 … 1GiB | `1MiB` | Bytes of a body. |
                | `--wait` | `APP_WAIT` | 0 … 60 s | `2` | How long to wait. |

                ### More

                """))
    }
}
