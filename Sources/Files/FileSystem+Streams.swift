extension FileSystem {
    /// The descriptor of this process that a path names, such as `/dev/stdin` and `/dev/fd/63`; nil for all others.
    static func descriptor(namedBy path: String) -> Int32? {
        if let stream = ["/dev/stdin", "/dev/stdout", "/dev/stderr"].firstIndex(of: path) {
            return Int32(stream)
        }
        let folder = ["/dev/fd/", "/proc/self/fd/"].first { path.hasPrefix($0) }
        return folder.flatMap { Int32(path.dropFirst($0.count)) }
    }
}
