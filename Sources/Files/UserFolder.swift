#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Folders of the user for whom this process runs.
package enum UserFolder {
    /// What can be got again: `$XDG_CACHE_HOME`, else `.cache` in the home folder; on macOS its `Library/Caches`. Nil where nobody
    /// knows the home folder.
    package static var caches: String? {
        #if canImport(Darwin)
            home.map { "\($0)/Library/Caches" }
        #else
            path(inVariable: "XDG_CACHE_HOME") ?? home.map { "\($0)/.cache" }
        #endif
    }

    /// `$HOME`, else what the password database says.
    private static var home: String? { path(inVariable: "HOME") ?? homeInPasswordDatabase }

    /// The path in an environment variable; nil where that is not set, or set to no whole path.
    private static func path(inVariable name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }

    private static var homeInPasswordDatabase: String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16 << 10) { texts in
            var entry = passwd()
            var found: UnsafeMutablePointer<passwd>?
            guard let start = texts.baseAddress,
                getpwuid_r(geteuid(), &entry, start, texts.count, &found) == 0,
                let home = found?.pointee.pw_dir
            else { return nil }
            return String(cString: home)
        }
    }
}
