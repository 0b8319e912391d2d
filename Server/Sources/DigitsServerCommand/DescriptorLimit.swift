import Logging

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How many files and connections the process may have open. Many systems give 1,024 at first and more to whoever asks.
enum DescriptorLimit {
    /// What the server has open besides connections, with room for the libraries that it loads and the files that it reads.
    private static let own: UInt64 = 64

    /// Asks for as many as the system gives, and warns if they are too few for some connections.
    static func raise(for connections: Int, _ logger: Logger) {
        #if canImport(Glibc)
            let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let files = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard getrlimit(files, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        guard setrlimit(files, &limit) == 0, UInt64(limit.rlim_cur) < UInt64(connections) + own else {
            return
        }
        logger.warning(
            "The process may have too few files open for its connections: give less --connections, or more with ulimit -n.",
            metadata: ["files": "\(limit.rlim_cur)", "connections": "\(connections)"])
    }
}
