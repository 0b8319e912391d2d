import Foundation
import Testing

/// Where a buffer lies in its pages; a kernel must stay inside it, and work, in each place.
enum Placement: CaseIterable {
    /// The byte after the last is inaccessible: a read past the end crashes.
    case endsAtInaccessiblePage
    /// The byte before the first is inaccessible; the buffer is aligned to a page.
    case startsAtInaccessiblePage
    /// One element past a 64-byte boundary.
    case misaligned
}

/// The buffers of one kernel call, each alone between two inaccessible pages.
///
/// What surrounds a buffer within its pages is filled with NaN. `verify` finds writes to it, and writes to inputs.
final class GuardedMemory {
    private let placement: Placement
    private var regions: [Region] = []

    init(_ placement: Placement) {
        self.placement = placement
    }

    /// An input: `verify` fails where a byte of it has changed.
    func constant<Element: BitwiseCopyable>(_ values: [Element]) -> UnsafePointer<Element> {
        let region = Region(values, placement, mayChange: false)
        regions.append(region)
        return UnsafePointer(region.bytes.assumingMemoryBound(to: Element.self))
    }

    /// An input that may be absent, as a null pointer.
    func constant<Element: BitwiseCopyable>(_ values: [Element]?) -> UnsafePointer<Element>? {
        values.map { constant($0) }
    }

    /// An output with its contents before the call.
    func variable<Element: BitwiseCopyable>(_ values: [Element]) -> UnsafeMutableBufferPointer<Element> {
        let region = Region(values, placement, mayChange: true)
        regions.append(region)
        return .init(start: region.bytes.assumingMemoryBound(to: Element.self), count: values.count)
    }

    /// What is wrong with the buffers' surroundings and inputs, or nil.
    func fault() -> String? {
        for (number, region) in regions.enumerated() {
            if let fault = region.fault() { return "buffer \(number), \(placement): \(fault)" }
        }
        return nil
    }
}

/// Runs a call on guarded buffers in every placement, and returns the results of each.
func inEveryPlacement<Result>(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: (GuardedMemory) -> Result
) -> [Result] {
    Placement.allCases.map { placement in
        let memory = GuardedMemory(placement)
        let result = body(memory)
        let fault = memory.fault()
        #expect(fault == nil, sourceLocation: sourceLocation)
        return result
    }
}

/// One buffer in its pages.
private final class Region {
    let bytes: UnsafeMutableRawPointer
    private let pages: GuardedPages
    private let original: [UInt8]
    private let mayChange: Bool

    init<Element: BitwiseCopyable>(_ values: [Element], _ placement: Placement, mayChange: Bool) {
        let stride = MemoryLayout<Element>.stride
        let count = values.count * stride
        pages = .take(atLeast: count + 2 * 64)
        let first = pages.accessible.baseAddress!
        switch placement {
        case .endsAtInaccessiblePage: bytes = first + pages.accessible.count - count
        case .startsAtInaccessiblePage: bytes = first
        case .misaligned: bytes = first + 64 + stride
        }
        original = values.withUnsafeBytes { Array($0) }
        bytes.copyMemory(from: original, byteCount: count)
        self.mayChange = mayChange
    }

    deinit {
        pages.giveBack()
    }

    func fault() -> String? {
        let start = bytes - pages.accessible.baseAddress!
        let end = start + original.count
        for range in [0..<start, end..<pages.accessible.count] {
            if let offset = pages.firstWrite(in: range) {
                return "byte \(offset - start) was written, outside 0..<\(original.count)"
            }
        }
        if !mayChange, memcmp(bytes, original, original.count) != 0 {
            return "an input of \(original.count) bytes was changed"
        }
        return nil
    }
}
