import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTPTypes

/// Watches over a connection: closes it where a body is sent, or a response taken, too slowly, tells when the client has gone, says so
/// when a connection is closed after its response, and answers `Expect: 100-continue`. It belongs to the connection's event loop.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let client = Client()
    private let readiness: Readiness
    private let receivingTime: TimeAmount
    private let sendingTime: TimeAmount
    private let bodyLimit: Int

    /// Whether the body of a request is not complete.
    private var isReceiving = false
    /// Whether the head of the response to the request that is received was sent.
    private var hasAnswered = false
    /// Whether the connection ends with the response that is sent.
    private var isLast = false
    /// When the last response has been taken by the socket; nil before it is sent.
    private var ending: EventLoopFuture<Void>?
    private var receiving: Scheduled<Void>?
    private var sending: Scheduled<Void>?

    /// How long a client that still sends has to take the response before the connection is closed.
    private static let lingering = TimeAmount.seconds(1)

    init(readiness: Readiness, times: ServerTimes, bodyLimit: Int) {
        self.readiness = readiness
        self.bodyLimit = bodyLimit
        receivingTime = TimeAmount(times.receiving)
        sendingTime = TimeAmount(times.sending)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        ClientTable.shared.insert(client, of: context.channel)
    }

    func handlerRemoved(context: ChannelHandlerContext) { leave(context) }

    func channelInactive(context: ChannelHandlerContext) {
        leave(context)
        context.fireChannelInactive()
    }

    private func leave(_ context: ChannelHandlerContext) {
        client.leave()
        ClientTable.shared.remove(context.channel)
        receiving?.cancel()
        sending?.cancel()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed = event as? ChannelEvent { client.leave() }
        context.fireUserInboundEventTriggered(event)
    }
}

// MARK: - Receiving

extension ConnectionHandler {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            isReceiving = true
            hasAnswered = false
            if expectsContinue(head) {
                context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
            }
        case .body: break
        case .end:
            isReceiving = false
            receiving?.cancel()
            receiving = nil
        }
        context.fireChannelRead(data)
    }

    /// A body that is too large is not asked for.
    private func expectsContinue(_ head: HTTPRequest) -> Bool {
        guard head.headerFields[.expect]?.lowercased() == "100-continue" else { return false }
        return (head.headerFields[.contentLength].flatMap { Int($0) } ?? 0) <= bodyLimit
    }

    /// Most requests come at once and need no clock.
    func channelReadComplete(context: ChannelHandlerContext) {
        if isReceiving, receiving == nil {
            receiving = context.eventLoop.assumeIsolated().scheduleTask(in: receivingTime) { [self] in
                receiving = nil
                refuseSlowness(context)
            }
        }
        context.fireChannelReadComplete()
    }

    private func refuseSlowness(_ context: ChannelHandlerContext) {
        guard isReceiving else { return }
        if !hasAnswered {
            let error = ServiceError(
                status: .requestTimeout,
                message: "The request's body did not arrive in time. Send it again, faster.")
            let response = error.response
            var writer = JSONWriter()
            writer.object { $0.member("error", error.message) }
            context.write(wrapOutboundOut(.head(response.head)), promise: nil)
            context.write(wrapOutboundOut(.body(writer.buffer)), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
        context.close(promise: nil)
    }
}

// MARK: - Sending

extension ConnectionHandler {
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            hasAnswered = true
            if !readiness.isReady { head.headerFields[.connection] = "close" }
            isLast = head.headerFields[.connection]?.lowercased() == "close"
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            guard isLast else {
                context.write(data, promise: promise)
                return
            }
            let written = promise ?? context.eventLoop.makePromise(of: Void.self)
            ending = written.futureResult
            context.writeAndFlush(data, promise: written)
            let isReceiving = isReceiving
            whenWritten(written.futureResult) {
                guard isReceiving else { return context.close(promise: nil) }
                // Closing with bytes unread would take the response away from the client.
                context.close(mode: .output, promise: nil)
                context.eventLoop.assumeIsolated().scheduleTask(in: Self.lingering) {
                    context.close(promise: nil)
                }
            }
        }
    }

    /// A connection that is closed drops what the socket has not taken: the last response goes first.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .all, let ending else { return context.close(mode: mode, promise: promise) }
        whenWritten(ending) { context.close(mode: mode, promise: promise) }
    }

    private func whenWritten(_ written: EventLoopFuture<Void>, _ act: @escaping () -> Void) {
        written.assumeIsolated().whenComplete { _ in act() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        sending?.cancel()
        sending = nil
        if !context.channel.isWritable {
            sending = context.eventLoop.assumeIsolated().scheduleTask(in: sendingTime) {
                context.close(promise: nil)
            }
        }
        context.fireChannelWritabilityChanged()
    }
}
