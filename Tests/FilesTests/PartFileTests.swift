import Files
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct PartFileTests {
    let scratch: TemporaryFolder

    init() throws {
        scratch = try TemporaryFolder()
    }

    private func append(_ text: String, to part: PartFile) throws {
        try Array(text.utf8).withUnsafeBytes { try part.append($0) }
    }

    @Test func aPartIsContinuedAndPublished() throws {
        try append("first, ", to: try PartFile(scratch.file("a")))
        #expect(try scratch.names == ["a.part"])
        let part = try PartFile(scratch.file("a"))
        #expect(try part.size == 7)
        try append("second", to: part)
        try part.publish()
        #expect(try scratch.names == ["a"])
        #expect(try scratch.text("a") == "first, second")
    }

    @Test func aRestartedPartHoldsNothing() throws {
        let part = try PartFile(scratch.file("a"))
        try append("wrong", to: part)
        try part.restart()
        #expect(try part.size == 0)
        try append("right", to: part)
        #expect(try scratch.text("a.part") == "right")
        part.discard()
        #expect(try scratch.names == [])
    }

    @Test func aPartInAMissingFolderIsRefused() {
        let path = scratch.file("missing/a")
        #expect(throws: FileError(path: path + ".part", operation: .create, errorNumber: ENOENT)) {
            try PartFile(path)
        }
    }
}

@Suite struct FileLockTests {
    @Test func aSecondHolderWaitsUntilTheFirstLetsGo() async throws {
        let scratch = try TemporaryFolder()
        var first: FileLock? = try await FileLock(scratch.file("lock"))
        let second = Task { try await FileLock(scratch.file("lock")) }
        try await Task.sleep(for: .milliseconds(20))
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        withExtendedLifetime(first) {}
        #expect(try scratch.names == ["lock"])
        first = nil
        _ = try await FileLock(scratch.file("lock"))
        #expect(try scratch.names.isEmpty)
    }

    private final class Holders: Sendable {
        let count = Atomic(0)
    }

    @Test func oneAtATimeHoldsALockThatComesAndGoes() async throws {
        let scratch = try TemporaryFolder()
        let path = scratch.file("lock")
        let holders = Holders()
        let most = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    let lock = try await FileLock(path)
                    defer { withExtendedLifetime(lock) {} }
                    let now = holders.count.add(1, ordering: .sequentiallyConsistent).newValue
                    await Task.yield()
                    holders.count.subtract(1, ordering: .sequentiallyConsistent)
                    return now
                }
            }
            return try await group.reduce(0) { max($0, $1) }
        }
        #expect(most == 1)
        #expect(try scratch.names.isEmpty)
    }
}
