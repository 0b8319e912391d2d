import Foundation

/// How much more a server takes at the end than it did before.
struct Growth: CustomStringConvertible {
    /// Megabytes when it was warm, and descriptors before any client came.
    private let before: ServerUsage
    private let after: ServerUsage

    /// How many more descriptors may be open: threads and libraries open some later.
    private static let moreDescriptors = 8

    /// Looks at a server that all clients have left; nil where it has ended.
    init?(of server: any TriedServer, idle: ServerUsage, warm: ServerUsage) {
        before = ServerUsage(megabytes: warm.megabytes, descriptors: idle.descriptors)
        // Connections that were reset, or answered before all was sent, end a moment later.
        for _ in 0..<100 {
            guard let usage = ServerUsage(process: server.number) else { return nil }
            if usage.descriptors <= idle.descriptors + Self.moreDescriptors { break }
            Thread.sleep(forTimeInterval: 0.1)
        }
        guard let usage = ServerUsage(process: server.number) else { return nil }
        after = usage
    }

    var description: String {
        """
        The server took \(before.megabytes) MB when it was warm and \(after.megabytes) MB at the end, and had \(before.descriptors) \
        descriptors before and \(after.descriptors) after all clients were gone.
        """
    }

    /// What of it is too much.
    func faults(_ limits: HTTPLimits) -> [HTTPFault] {
        var faults: [HTTPFault] = []
        if after.descriptors > before.descriptors + Self.moreDescriptors {
            faults.append(HTTPFault(.descriptors, description))
        }
        if after.megabytes > before.megabytes + limits.growth {
            faults.append(
                HTTPFault(.memory, "\(description) \(limits.growth) MB more are allowed (--growth)."))
        }
        return faults
    }
}
