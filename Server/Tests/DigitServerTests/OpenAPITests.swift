import DigitServer
import Foundation
import Testing

@Suite struct OpenAPITests {
    /// What the description says of a route.
    private struct Operation {
        let method: String
        let path: String
        let statuses: Set<String>
        let example: [UInt8]
    }

    /// The routes of the description, with names and numbers in place of parameters.
    private func operations(_ description: [String: Any]) throws -> [Operation] {
        let paths = try #require(description["paths"] as? [String: [String: Any]])
        return paths.flatMap { path, item in
            item.compactMap { method, value -> Operation? in
                guard method != "parameters", let value = value as? [String: Any] else { return nil }
                let content = (value["requestBody"] as? [String: Any])?["content"] as? [String: Any]
                let example = (content?["application/json"] as? [String: Any])?["example"]
                return Operation(
                    method: method.uppercased(),
                    path: path.replacingOccurrences(of: "{model}", with: "tiny").replacingOccurrences(
                        of: "{version}", with: "1"),
                    statuses: Set((value["responses"] as? [String: Any] ?? [:]).keys),
                    example: example.flatMap { try? JSONSerialization.data(withJSONObject: $0) }.map(
                        Array.init)
                        ?? [])
            }
        }
    }

    /// Each route that is described is there, takes its example, and answers as it says.
    @Test func describedRoutesAreThere() async throws {
        try await TestServer.run { server in
            let routes = try operations(server.get("/openapi.json").json)
            #expect(routes.count >= 24)
            for route in routes {
                // What stands around the service tells the metrics.
                if route.path == "/metrics" { continue }
                let answer = try server.send(route.method, route.path, body: route.example)
                let status = "\(answer.status)"
                #expect(
                    route.statuses.contains(status) || route.statuses.contains("\(status.prefix(1))XX"),
                    "\(route.method) \(route.path): \(status)")
                #expect(answer.status != 405 && !answer.text.contains("nothing at this address"))
                if route.method == "GET" || !route.example.isEmpty {
                    #expect(answer.status == 200, "\(route.method) \(route.path): \(answer.text)")
                }
            }
        }
    }

    /// References lead somewhere, and names of operations are given once.
    @Test func descriptionIsWhole() async throws {
        try await TestServer.run { server in
            let answer = try server.get("/openapi.json")
            let description = answer.json
            for reference in answer.text.matches(of: /"#\/([a-zA-Z\/]+)"/).map(\.output.1) {
                var place: Any? = description
                for part in reference.split(separator: "/") {
                    place = (place as? [String: Any])?[String(part)]
                }
                #expect(place != nil, "\(reference)")
            }
            let names = answer.text.matches(of: /"operationId": "([a-zA-Z]+)"/).map(\.output.1)
            #expect(names.count >= 24 && Set(names).count == names.count)
        }
    }
}
