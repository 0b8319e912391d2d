public import Hummingbird
import HummingbirdCore

/// What the server knows of a request besides it.
public struct ServerContext: RequestContext {
    /// What Hummingbird knows.
    public var coreContext: CoreRequestContextStorage
    /// Who asks.
    let connectedClient: Client?

    /// A request of a connection.
    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        connectedClient = ClientTable.shared.client(of: source.channel)
    }
}

extension RequestContext {
    /// Who asks; nil in an application that has another context, where it is not known when clients go.
    var client: Client? { (self as? ServerContext)?.connectedClient }
}
