import HTTPMiddleware
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import InMemoryLogging
import Logging
import Testing

@Suite struct TracingTests {
    private static let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    private func application(_ logger: Logger? = nil) -> some ApplicationProtocol {
        let router = Router()
        router.add(middleware: RequestTracing())
        router.get("id") { _, context in
            ["request_id", "trace_id", "parent_id", "span_id"]
                .map { context.logger[metadataKey: $0].map { "\($0)" } ?? "-" }.joined(separator: " ")
        }
        router.get("fault") { _, _ in HTTPResponse.Status.internalServerError }
        return Application(router: router, logger: logger)
    }

    @Test func aTraceIsContinued() async throws {
        try await application().test(.router) { client in
            let headers: HTTPFields = [.traceparent: Self.parent, .tracestate: "a=1, b=2"]
            try await client.execute(uri: "/id", method: .get, headers: headers) {
                let fields = String(buffer: $0.body).split(separator: " ").map(String.init)
                #expect(fields[1] == "0af7651916cd43dd8448eb211c80319c" && fields[2] == "b7ad6b7169203331")
                #expect(
                    $0.headers[.traceparent] == "00-\(fields[1])-\(fields[3])-01" && fields[3] != fields[2])
                #expect($0.headers[.tracestate] == "a=1,b=2")
            }
        }
    }

    @Test func eachAnswerIsALineOfTheLog() async throws {
        let handler = InMemoryLogHandler()
        var logger = Logger(label: "test") { _ in handler }
        logger.logLevel = .debug
        try await application(logger).test(.router) { client in
            let headers: HTTPFields = [HTTPField.Name.requestID ?? .via: "r-1"]
            for path in ["/id?secret=1", "/fault"] {
                try await client.execute(uri: path, method: .get, headers: headers) { _ in }
            }
        }
        let lines = handler.entries.filter { $0.message == "Answered a request" }
        #expect(lines.map(\.level) == [.debug, .warning])
        #expect(lines.map { $0.metadata["path"] } == ["/id", "/fault"])
        #expect(lines.map { $0.metadata["status"] } == ["200", "500"])
        #expect(lines.allSatisfy { $0.metadata["request_id"] == "r-1" && $0.metadata["microseconds"] != nil })
        #expect(!"\(handler.entries)".contains("secret"))
    }

    @Test func withoutATraceOneBegins() async throws {
        try await application().test(.router) { client in
            try await client.execute(uri: "/id", method: .get, headers: [.tracestate: "a=1"]) {
                let fields = String(buffer: $0.body).split(separator: " ").map(String.init)
                #expect(fields[1].count == 32 && fields[2] == "-" && fields[3].count == 16)
                #expect($0.headers[.traceparent] == "00-\(fields[1])-\(fields[3])-00")
                #expect($0.headers[.tracestate] == nil && $0.headers[.requestID] == fields[0])
            }
        }
    }

    @Test(arguments: [
        "", "00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331", parent + "-x", parent.uppercased(),
        "ff" + parent.dropFirst(2), "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", "0g" + parent.dropFirst(2),
        "01" + parent.dropFirst(2) + "x", "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
        parent + parent,
    ])
    func anInvalidTraceIsNotContinued(_ traceparent: String) {
        var generator = SystemRandomNumberGenerator()
        let trace = TraceContext(continuing: traceparent, using: &generator)
        #expect(trace.parentID == nil && trace.traceID != "0af7651916cd43dd8448eb211c80319c")
    }

    @Test func aLaterVersionIsReadAsThisOne() {
        var generator = SystemRandomNumberGenerator()
        for text in ["01" + Self.parent.dropFirst(2), "cc" + Self.parent.dropFirst(2) + "-more"] {
            let trace = TraceContext(continuing: text, using: &generator)
            #expect(trace.traceID == "0af7651916cd43dd8448eb211c80319c" && trace.traceparent.hasPrefix("00-"))
        }
        let unknownFlags = TraceContext(continuing: Self.parent.dropLast(2) + "fe", using: &generator)
        #expect(unknownFlags.flags == 0)
    }

    @Test func traceStatesAreCheckedAsAWhole() {
        #expect(TraceState.valid(["a=1", " b@c=2 ,,d/e=x y"]) == "a=1,b@c=2,d/e=x y")
        for bad in ["a", "A=1", "=1", "a=", "a=1=2", "a=\u{1}", "a=ä", String(repeating: "k=v,", count: 33)] {
            #expect(TraceState.valid([bad]) == nil, "\(bad)")
        }
        #expect(TraceState.valid(["a=" + String(repeating: "x", count: 300)]) == nil)
        #expect(TraceState.valid([]) == nil)
    }

    @Test func aRequestKeepsTheNameThatItHas() async throws {
        try await application().test(.router) { client in
            for (name, isKept) in [
                ("r-1:a/b", true), ("a b", false), ("", false), (String(repeating: "x", count: 129), false),
            ] {
                let headers: HTTPFields = [HTTPField.Name.requestID ?? .via: name]
                try await client.execute(uri: "/id", method: .get, headers: headers) {
                    let told = $0.headers[.requestID] ?? ""
                    #expect((told == name) == isKept && !told.isEmpty)
                    #expect(String(buffer: $0.body).hasPrefix(told + " "))
                }
            }
        }
    }
}
