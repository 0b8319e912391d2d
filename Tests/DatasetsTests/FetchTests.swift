import DataTestSupport
import Datasets
import Foundation
import Synchronization
import TestSupport
import Testing

/// Downloads from a server on this machine that behaves as badly as real ones do.
@Suite struct FetchTests {
    private typealias Answer = LocalHTTPServer.Answer
    private typealias Request = LocalHTTPServer.Request

    private let folder: TemporaryFolder
    private let small = SmallDataset()
    private let images: [UInt8]
    /// The names of the files of a complete cache.
    private let complete = ["a-images.gz", "a-labels.gz", "b-images.gz", "b-labels.gz"]

    init() throws {
        folder = try TemporaryFolder()
        images = try #require(small.archives["a-images.gz"])
    }

    private var store: DatasetStore {
        DatasetStore(directory: nil, cacheDirectory: folder.url, stallTimeout: .seconds(5))
    }

    /// The names of the files in the cache, in order; none where there is no folder.
    private var names: [String] {
        get throws {
            guard FileManager.default.fileExists(atPath: cache.path) else { return [] }
            return try FileManager.default.contentsOfDirectory(atPath: cache.path).sorted()
        }
    }

    private var cache: URL { folder.url.appendingPathComponent("small") }

    /// A server that treats the training pictures badly and everything else well.
    private func server(_ misbehave: @escaping @Sendable (Request) -> Answer) throws -> LocalHTTPServer {
        let archives = small.archives
        return try LocalHTTPServer { request in
            if request.file == "a-images.gz" { return misbehave(request) }
            return .file(archives[request.file] ?? [], for: request)
        }
    }

    /// Fetches from one server; returns why it failed.
    private func reason(of server: LocalHTTPServer) async -> MirrorFailure.Reason? {
        do {
            try await store.fetch(small.description(mirrors: [server.url]))
            Issue.record("The fetch succeeded.")
        } catch DatasetError.downloadFailed("a-images.gz", let failures) {
            #expect(failures.map(\.url) == [server.url.appendingPathComponent("a-images.gz")])
            return failures.first?.reason
        } catch {
            Issue.record("Another error: \(error)")
        }
        return nil
    }

    private var part: [UInt8]? {
        (try? Data(contentsOf: cache.appendingPathComponent("a-images.gz.part"))).map(Array.init)
    }

    // MARK: Serving well

    @Test func filesAreDownloadedVerifiedAndKept() async throws {
        let server = try LocalHTTPServer(files: small.archives)
        let dataset = small.description(mirrors: [server.url])
        let report = try await store.fetch(dataset)
        #expect(report.downloaded == ["a-images.gz", "a-labels.gz", "b-images.gz", "b-labels.gz"])
        #expect(report.location.isInCache)
        #expect(report.warnings.isEmpty)
        #expect(try names == complete)
        #expect(server.requests == report.downloaded.map { Request(file: $0, rangeStart: nil) })

        #expect(try await store.load(dataset).train.labels == small.trainLabels.map(Int.init))
        #expect(try await store.fetch(dataset).downloaded.isEmpty)
        #expect(server.requests.count == 4)
    }

    @Test func loadDownloadsOnlyTheSplitThatIsWanted() async throws {
        let server = try LocalHTTPServer(files: small.archives)
        let loaded = try await store.load(.test, of: small.description(mirrors: [server.url]))
        #expect(loaded.images.count == 20)
        #expect(try names == ["b-images.gz", "b-labels.gz"])
    }

    @Test func progressIsToldFromFirstToLastByte() async throws {
        let server = try LocalHTTPServer(files: small.archives)
        let log = Mutex<[DownloadProgress]>([])
        try await store.fetch(small.description(mirrors: [server.url])) { event in
            log.withLock { $0.append(event) }
        }
        let events = log.withLock { $0 }.filter { $0.file == "a-images.gz" }
        #expect(events.allSatisfy { $0.url == server.url.appendingPathComponent("a-images.gz") })
        let stages = events.map(\.stage)
        #expect(stages.first == .connecting(resumingAt: 0))
        #expect(stages.contains(.receiving(bytes: images.count, total: images.count)))
        #expect(stages.suffix(2) == [.verifying, .finished])
    }

    @Test func redirectIsFollowed() async throws {
        let target = try LocalHTTPServer(files: small.archives)
        let address = target.url.absoluteString
        let server = try LocalHTTPServer { request in
            Answer(status: 302, headers: ["Location": address + request.file])
        }
        #expect(try await store.fetch(small.description(mirrors: [server.url])).downloaded.count == 4)
    }

    @Test func plainFileInPlaceOfTheArchiveIsAccepted() async throws {
        let plain = idx([300, 5, 4], small.trainPixels)
        let server = try server { .file(plain, for: $0) }
        try await store.fetch(small.description(mirrors: [server.url]))
        #expect(try names == complete)
    }

    @Test func damagedFileInTheCacheIsReplaced() async throws {
        let server = try LocalHTTPServer(files: small.archives)
        try small.write(to: folder, under: "small/")
        try folder.write(Array(images.prefix(100)), as: "small/a-images.gz")
        let dataset = small.description(mirrors: [server.url])
        await #expect(throws: DatasetError.self) { try await store.load(dataset) }
        #expect(try await store.fetch(dataset).downloaded == ["a-images.gz"])
        #expect(try await store.load(dataset).train.labels == small.trainLabels.map(Int.init))
    }

    // MARK: Serving badly

    @Test(arguments: [403, 404, 500, 503])
    func otherStatusIsToldAndNothingKept(status: Int) async throws {
        let server = try server { _ in Answer(status: status, body: Array("<html>No</html>".utf8)) }
        #expect(await reason(of: server) == .status(status))
        #expect(try names.isEmpty)
    }

    @Test func foldersThatNothingCameIntoAreTakenAway() async throws {
        let server = try server { _ in Answer(status: 404) }
        let kept = folder.url.appendingPathComponent("kept")
        try FileManager.default.createDirectory(at: kept, withIntermediateDirectories: false)
        let store = DatasetStore(directory: nil, cacheDirectory: kept.appendingPathComponent("a/b"))
        await #expect(throws: DatasetError.self) {
            try await store.fetch(small.description(mirrors: [server.url]))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: kept.path).isEmpty)
    }

    @Test(arguments: ["text/html; charset=utf-8", "application/x-gzip"])
    func webPageIsToldAndNothingKept(type: String) async throws {
        let server = try server { _ in
            Answer(headers: ["Content-Type": type], body: Array("<!DOCTYPE html><html>Sign in</html>".utf8))
        }
        #expect(await reason(of: server) == .webPage)
        #expect(try names.isEmpty)
    }

    @Test func connectionCutHalfWayIsToldAndResumed() async throws {
        let (images, half) = (images, images.count / 2)
        let server = try server { request in
            var answer = Answer.file(images, for: request)
            if request.rangeStart == nil { answer.bytesSent = half }
            return answer
        }
        #expect(await reason(of: server) == .interrupted(received: half, expected: images.count))
        #expect(try names == ["a-images.gz.part"])
        #expect(part == Array(images.prefix(half)))

        try await store.fetch(small.description(mirrors: [server.url]))
        #expect(server.requests[1] == Request(file: "a-images.gz", rangeStart: half))
        #expect(try names == complete)
        #expect(try Data(contentsOf: cache.appendingPathComponent("a-images.gz")) == Data(images))
    }

    @Test func nextMirrorContinuesWhatTheFirstBroke() async throws {
        let (images, half) = (images, images.count / 2)
        let first = try server { request in
            var answer = Answer.file(images, for: request)
            answer.bytesSent = half
            return answer
        }
        let second = try LocalHTTPServer(files: small.archives)
        try await store.fetch(small.description(mirrors: [first.url, second.url]))
        #expect(second.requests.first == Request(file: "a-images.gz", rangeStart: half))
        #expect(try names == complete)
    }

    @Test func serverWithoutRangesIsReadFromTheStart() async throws {
        let images = images
        try folder.write(Array(images.prefix(50)), as: "small/a-images.gz.part")
        let server = try server { .file(images, for: $0, ranges: false) }
        try await store.fetch(small.description(mirrors: [server.url]))
        #expect(server.requests[0] == Request(file: "a-images.gz", rangeStart: 50))
        #expect(try names == complete)
    }

    @Test func otherRangeThanAskedForIsNotJoinedOn() async throws {
        let images = images
        let range = "bytes 40-\(images.count - 1)/\(images.count)"
        try folder.write(Array(images.prefix(50)), as: "small/a-images.gz.part")
        let server = try server { request in
            guard request.rangeStart != nil else { return .file(images, for: request) }
            return Answer(status: 206, headers: ["Content-Range": range], body: Array(images[40...]))
        }
        let log = Mutex<[DownloadProgress.Stage]>([])
        try await store.fetch(small.description(mirrors: [server.url])) { event in
            log.withLock { $0.append(event.stage) }
        }
        #expect(
            log.withLock { $0.prefix(3) } == [
                .connecting(resumingAt: 50), .failed(.wrongRange(range)), .connecting(resumingAt: 0),
            ])
        #expect(server.requests.prefix(2).map(\.rangeStart) == [50, nil])
        #expect(try names == complete)
    }

    @Test func partOfAnotherFileIsFetchedAnew() async throws {
        try folder.write([UInt8](repeating: 7, count: 60), as: "small/a-images.gz.part")
        let server = try LocalHTTPServer(files: small.archives)
        try await store.fetch(small.description(mirrors: [server.url]))
        #expect(server.requests.prefix(2).map(\.rangeStart) == [60, nil])
        #expect(try names == complete)
    }

    @Test func partLongerThanTheFileIsFetchedAnew() async throws {
        try folder.write(images + [0], as: "small/a-images.gz.part")
        let server = try LocalHTTPServer(files: small.archives)
        try await store.fetch(small.description(mirrors: [server.url]))
        #expect(server.requests.prefix(2).map(\.rangeStart) == [images.count + 1, nil])
        #expect(try names == complete)
    }

    @Test func silentServerIsGivenUpAndItsBytesKept() async throws {
        let images = images
        let server = try server { request in
            Answer(body: images, bytesSent: 100, stalls: true)
        }
        #expect(await reason(of: server) == .stalled(seconds: 5, received: 100))
        #expect(part == Array(images.prefix(100)))
    }

    @Test func serverThatNeverAnswersIsGivenUp() async throws {
        // It takes the connection and the request, and sends not even a head.
        let server = try server { _ in Answer(sendsHead: false, bytesSent: 0, stalls: true) }
        #expect(await reason(of: server) == .stalled(seconds: 5, received: 0))
        #expect(try names.isEmpty)
    }

    @Test func lengthThatPromisesMoreIsToldAsInterruption() async throws {
        let images = images
        let server = try server { _ in Answer(body: images, statedLength: images.count + 10) }
        #expect(
            await reason(of: server) == .interrupted(received: images.count, expected: images.count + 10))
    }

    @Test func lengthThatCutsTheFileIsToldAsTruncation() async throws {
        let images = images
        let server = try server { _ in Answer(body: images, statedLength: images.count - 10) }
        guard case .refused(.gzipTruncated) = await reason(of: server) else {
            Issue.record("Another reason.")
            return
        }
        #expect(try names.isEmpty)
    }

    @Test func statedLengthBeyondTheFileIsRefusedBeforehand() async throws {
        let server = try server { _ in Answer(body: [1], statedLength: 1 << 40) }
        guard case .tooLarge = await reason(of: server) else {
            Issue.record("Another reason.")
            return
        }
        #expect(try names.isEmpty)
    }

    @Test func moreBytesThanTheFileCanHaveAreRefused() async throws {
        let server = try server { _ in Answer(body: [UInt8](repeating: 1, count: 100_000)) }
        guard case .tooLarge = await reason(of: server) else {
            Issue.record("Another reason.")
            return
        }
        #expect(try names.isEmpty)
    }

    @Test func wrongContentsAreToldAndNothingKept() async throws {
        var pixels = small.trainPixels
        pixels[0] ^= 1
        let wrong = gzip(idx([300, 5, 4], pixels))
        let server = try server { .file(wrong, for: $0) }
        guard case .refused(.wrongHash(_, small.sha256(of: "a-images.gz"), _)) = await reason(of: server)
        else {
            Issue.record("Another reason.")
            return
        }
        #expect(try names.isEmpty)
    }

    @Test func noServerIsTold() async throws {
        let nobody = try #require(URL(string: "http://127.0.0.1:1/"))
        await #expect {
            try await store.fetch(small.description(mirrors: [nobody]))
        } throws: { error in
            guard case .downloadFailed(_, let failures) = error as? DatasetError,
                case .unreachable = failures.first?.reason
            else { return false }
            return true
        }
    }

    @Test func everyMirrorIsTriedAndEveryReasonTold() async throws {
        let wrong = gzip(idx([1], [1]))
        let mirrors = [
            try server { _ in Answer(status: 404) },
            try server { _ in Answer(headers: ["Content-Type": "text/html"], body: [60]) },
            try server { .file(wrong, for: $0) },
        ]
        do {
            try await store.fetch(small.description(mirrors: mirrors.map(\.url)))
            Issue.record("The fetch succeeded.")
        } catch let error as DatasetError {
            let text = error.description
            for mirror in mirrors { #expect(text.contains(mirror.url.absoluteString)) }
            #expect(text.contains("status 404"))
            #expect(text.contains("a web page"))
            #expect(text.contains("holds 1 elements, expected 300×5×4"))
        }
        #expect(try names.isEmpty)

        let good = try LocalHTTPServer(files: small.archives)
        try await store.fetch(small.description(mirrors: (mirrors + [good]).map(\.url)))
        #expect(try names == complete)
    }

    // MARK: Hashes that are recorded

    @Test func hashOfTheFirstDownloadIsRecordedAndLaterHeldTo() async throws {
        let small = SmallDataset(publishesHashes: false)
        let server = try LocalHTTPServer(files: small.archives)
        let dataset = small.description(mirrors: [server.url])
        let loaded = try await store.load(dataset)
        #expect(loaded.warnings.count == 4)
        #expect(
            loaded.warnings.first
                == .hashRecorded(file: "a-images.gz", sha256: small.sha256(of: "a-images.gz")))
        #expect(try await store.load(dataset).warnings.isEmpty)

        let other = try #require(SmallDataset(publishesHashes: false, seed: 2).archives["a-images.gz"])
        try folder.write(other, as: "small/a-images.gz")
        await #expect {
            try await store.load(dataset)
        } throws: { error in
            guard case .wrongHash(_, small.sha256(of: "a-images.gz"), _) = error as? DatasetError else {
                return false
            }
            return true
        }
        #expect(try await store.fetch(dataset).downloaded == ["a-images.gz"])
        #expect(try names == ["SHA256SUMS"] + complete)
    }

    @Test(arguments: [1, 20, 1000]) func aDownloadForTheFirstImagesWarnsToo(count: Int) async throws {
        let small = SmallDataset(publishesHashes: false)
        let server = try LocalHTTPServer(files: small.archives)
        let dataset = small.description(mirrors: [server.url])
        let loaded = try await store.load(first: count, .test, of: dataset)
        #expect(
            loaded.warnings
                == ["b-images.gz", "b-labels.gz"].map {
                    DatasetWarning.hashRecorded(file: $0, sha256: small.sha256(of: $0))
                })
    }

    // MARK: Several at once, and stopping

    @Test func concurrentFetchesDownloadOnce() async throws {
        let server = try LocalHTTPServer(files: small.archives)
        let dataset = small.description(mirrors: [server.url])
        let store = store
        let downloads = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { try await store.fetch(dataset).downloaded.count }
            }
            return try await group.reduce(0, +)
        }
        #expect(downloads == 4)
        #expect(server.requests.count == 4)
        #expect(try names == complete)
        #expect(try await store.load(dataset).train.labels == small.trainLabels.map(Int.init))
    }

    @Test func cancellationKeepsThePartForResumption() async throws {
        let images = images
        let server = try server { request in
            guard request.rangeStart == nil else { return .file(images, for: request) }
            return Answer(body: images, bytesSent: 200, stalls: true)
        }
        let dataset = small.description(mirrors: [server.url])
        let store = DatasetStore(directory: nil, cacheDirectory: folder.url)
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await store.fetch(dataset) { progress in
                if case .receiving(bytes: 200, _) = progress.stage { arrival.finish() }
            }
        }
        for await _ in arrivals {}
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(part == Array(images.prefix(200)))

        try await store.fetch(dataset)
        #expect(server.requests[1] == Request(file: "a-images.gz", rangeStart: 200))
        #expect(try names == complete)
    }

    @Test func cacheThatCannotBeWrittenIsTold() async throws {
        // A file where the folder would be.
        let file = try folder.write([1], as: "occupied")
        let server = try LocalHTTPServer(files: small.archives)
        let store = DatasetStore(directory: nil, cacheDirectory: file)
        await #expect {
            try await store.fetch(small.description(mirrors: [server.url]))
        } throws: { error in
            guard case .unwritable = error as? DatasetError else { return false }
            return true
        }
        #expect(server.requests.isEmpty)
    }
}
