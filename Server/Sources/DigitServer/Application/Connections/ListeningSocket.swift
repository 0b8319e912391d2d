import NIOCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// The socket that connections come to.
final class ListeningSocket: Sendable {
    private let channel = Mutex<(any Channel)?>(nil)

    /// Connections are accepted from now on.
    func open(_ channel: any Channel) {
        self.channel.withLock { $0 = channel }
    }

    /// Lets no other connection begin. Those that the system has made already are still accepted: a socket that is closed would end them, with
    /// their requests. Clients try again for a moment, until the socket is closed. Does nothing where the system has no filters for sockets.
    func refuseConnections() async {
        #if os(Linux)
            guard let channel = channel.withLock({ $0 }), let socket = channel as? any SocketOptionProvider
            else {
                return
            }
            _ = try? await channel.eventLoop.flatSubmit {
                // On the loop the option is set before this returns, while the instruction is there.
                withUnsafePointer(to: PacketFilter.Instruction()) { instruction in
                    socket.unsafeSetSocketOption(
                        level: SocketOptionLevel(SOL_SOCKET), name: PacketFilter.option,
                        value: PacketFilter(instructions: UInt(bitPattern: instruction)))
                }
            }.get()
        #endif
    }
}

#if os(Linux)
    /// A filter for a socket's packets that drops them all: `struct sock_fprog` of the system, which Swift does not see.
    private struct PacketFilter: Sendable {
        /// `SO_ATTACH_FILTER`
        static let option: CInt = 26

        /// `struct sock_filter`, here `BPF_RET | BPF_K`: of each packet 0 bytes are kept.
        struct Instruction {
            let code: UInt16 = 6
            let jumps: UInt16 = 0
            let constant: UInt32 = 0
        }

        let count: UInt16 = 1
        /// Where they are.
        let instructions: UInt
    }
#endif
