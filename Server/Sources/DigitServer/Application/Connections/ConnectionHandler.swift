import HTTPMiddleware
import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTPTypes

/// Watches over a connection: closes it where a body is sent, or a response taken, too slowly, tells when the client has gone, says so
/// when a connection is closed after its response, and answers `Expect: 100-continue`. It belongs to the connection's event loop.
///
/// A client that says that it sends no more has not gone: it may wait for its answer.
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

    /// What a response must mind of its request.
    private struct Unanswered {
        /// Whether the response has no body, whatever answers.
        let isHead: Bool
        /// Whether no other request is read after it.
        let isLast: Bool
    }

    /// Requests whose heads came and whose responses were not sent to the end. Responses go in the order of requests.
    private var unanswered: [Unanswered] = []
    /// Whether the body of the last of them is not complete.
    private var isReceiving = false
    /// Whether a response was begun and not sent to the end.
    private var isAnswering = false
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
}

// MARK: - Receiving

extension ConnectionHandler {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            unanswered.append(
                Unanswered(
                    isHead: head.method == .head, isLast: asksToClose(head) || asksForAnotherProtocol(head)))
            isReceiving = true
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

    private func asksToClose(_ head: HTTPRequest) -> Bool {
        head.headerFields[.connection]?.lowercased().split(separator: ",").contains {
            $0.trimmingBlanks == "close"
        } ?? false
    }

    /// None is spoken here, but NIO's decoder reads nothing more behind such a request.
    private func asksForAnotherProtocol(_ head: HTTPRequest) -> Bool {
        head.method == .connect
            || head.headerFields[.upgrade] != nil
                && head.headerFields[.connection]?.lowercased().contains("upgrade") == true
    }

    /// A body that is too large is not asked for.
    private func expectsContinue(_ head: HTTPRequest) -> Bool {
        guard head.headerFields[.expect]?.lowercased() == "100-continue" else { return false }
        return (head.headerFields[.contentLength].flatMap { Int($0) } ?? 0) <= bodyLimit
    }

    /// Most requests come at once and need no clock.
    func channelReadComplete(context: ChannelHandlerContext) {
        startClock(context)
        context.fireChannelReadComplete()
    }

    /// Gives the body that is received its time, which begins when the requests before it are answered: meanwhile it need not be read.
    private func startClock(_ context: ChannelHandlerContext) {
        guard isReceiving, unanswered.count <= 1, receiving == nil else { return }
        receiving = context.eventLoop.assumeIsolated().scheduleTask(in: receivingTime) { [self] in
            receiving = nil
            refuseSlowness(context)
        }
    }

    private func refuseSlowness(_ context: ChannelHandlerContext) {
        guard isReceiving else { return }
        guard unanswered.count == 1, !isAnswering else { return context.close(promise: nil) }
        let error = ServiceError(
            status: .requestTimeout,
            message: "The request's body did not arrive in time. Send it again, faster.")
        var writer = JSONWriter()
        writer.object { $0.member("error", error.message) }
        context.write(wrapOutboundOut(.head(error.response.head)), promise: nil)
        context.write(wrapOutboundOut(.body(writer.buffer)), promise: nil)
        sendLast(wrapOutboundOut(.end(nil)), context, promise: nil)
    }
}

// MARK: - Sending

extension ConnectionHandler {
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // Nothing follows the last response.
        guard ending == nil else {
            promise?.fail(ChannelError.outputClosed)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            if isReceiving, unanswered.isEmpty {
                // What is left of an answered request's body is damaged: an answer to that would be taken for the next one's.
                promise?.fail(ChannelError.outputClosed)
                return context.close(promise: nil)
            }
            isAnswering = true
            if !readiness.isReady || unanswered.first?.isLast == true {
                head.headerFields[.connection] = "close"
            }
            isLast = head.headerFields[.connection]?.lowercased() == "close"
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            guard unanswered.first?.isHead == true else { return context.write(data, promise: promise) }
            promise?.succeed()
        case .end:
            isAnswering = false
            // What is no HTTP is answered, too, and has no head.
            if !unanswered.isEmpty { unanswered.removeFirst() }
            guard !isLast else { return sendLast(data, context, promise: promise) }
            context.write(data, promise: promise)
            startClock(context)
        }
    }

    /// Sends the end of the last response and closes the connection.
    private func sendLast(_ end: NIOAny, _ context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        let written = promise ?? context.eventLoop.makePromise(of: Void.self)
        ending = written.futureResult
        context.writeAndFlush(end, promise: written)
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
