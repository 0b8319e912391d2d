import Foundation
import Synchronization

/// Readable and writable pages between two inaccessible ones, filled with a pattern.
///
/// They are kept for the next taker: a system call for each of the tests' many buffers would take most of their time.
// Sendable: one taker at a time has them; in between they lie in a mutex.
final class GuardedPages: @unchecked Sendable {
    let accessible: UnsafeMutableRawBufferPointer

    private static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
    /// A quiet NaN, should somebody compute with it.
    private static let filling: UInt32 = 0x7FFF_A5A5
    private static let filledPage = [UInt32](repeating: filling, count: pageSize / 4)
    private static let unused = Mutex<[Int: [GuardedPages]]>([:])

    /// Freshly filled pages that hold `count` bytes.
    static func take(atLeast count: Int) -> GuardedPages {
        let size = (count + pageSize - 1) / pageSize * pageSize
        let pages = unused.withLock { $0[size]?.popLast() } ?? GuardedPages(size: size)
        for offset in stride(from: 0, to: size, by: pageSize) {
            (pages.accessible.baseAddress! + offset).copyMemory(from: filledPage, byteCount: pageSize)
        }
        return pages
    }

    /// Lets the next taker have them.
    func giveBack() {
        Self.unused.withLock { $0[accessible.count, default: []].append(self) }
    }

    private init(size: Int) {
        let mappedSize = size + 2 * Self.pageSize
        let mapping = mmap(nil, mappedSize, PROT_NONE, MAP_PRIVATE | MAP_ANON, -1, 0)
        precondition(mapping != MAP_FAILED, "The system refused \(mappedSize) bytes (error \(errno)).")
        accessible = .init(start: mapping! + Self.pageSize, count: size)
        let status = mprotect(accessible.baseAddress!, size, PROT_READ | PROT_WRITE)
        precondition(status == 0, "The system refused access to \(size) bytes (error \(errno)).")
    }

    /// The first byte of a range that no longer holds the pattern.
    func firstWrite(in range: Range<Int>) -> Int? {
        Self.filledPage.withUnsafeBytes { filled in
            var offset = range.lowerBound
            while offset < range.upperBound {
                let inPage = offset % Self.pageSize
                let count = min(Self.pageSize - inPage, range.upperBound - offset)
                if memcmp(accessible.baseAddress! + offset, filled.baseAddress! + inPage, count) != 0 {
                    return (offset..<offset + count).first { accessible[$0] != filled[$0 % Self.pageSize] }
                }
                offset += count
            }
            return nil
        }
    }
}
