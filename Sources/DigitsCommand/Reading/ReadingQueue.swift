import DigitRecognition

/// Reads pictures, several at the same time, and hands the results over in the pictures' order.
///
/// No more is in memory than the pictures that are being read and some results that wait for an earlier one.
struct ReadingQueue {
    let reader: DigitReader
    /// Pictures at the same time.
    let jobs: Int
    /// Asked before each picture; when true, those that are being read are the last.
    let isStopped: @Sendable () -> Bool

    /// Reads.
    /// - Parameter handle: Gets each result, in order.
    func run(
        _ sources: [PictureSource], _ handle: (ReadPicture) throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (number: Int, result: ReadingJob.Finished).self) { group in
            var places = [Place.sources(sources[...])]
            var started = 0
            var running = 0
            while true {
                while running < jobs, !isStopped(), let job = places.startNext(as: started, limit: limit) {
                    let number = started
                    group.addTask { [reader] in (number, job.run(reader)) }
                    started += 1
                    running += 1
                }
                guard let (number, result) = try await group.next() else { return }
                running -= 1
                places.finish(number, result)
                for picture in places.takeFinished() { try handle(picture) }
            }
        }
    }

    /// How far ahead of the first result that is missing pictures are read. Results without steps are small.
    private var limit: Int { keepsSteps ? jobs : 8 * jobs }

    private var keepsSteps: Bool { reader.options.keepsSteps }
}

/// What stands in a queue, in order.
private enum Place {
    /// Sources that are not read yet.
    case sources(ArraySlice<PictureSource>)
    /// Pages of a source that are not read yet.
    case pages(Range<Int>, of: PictureSource)
    /// A picture that is being read: the number of its job.
    case running(Int)
    case finished(ReadPicture)

    /// The first of what is not read yet, and the rest.
    var next: (job: ReadingJob, rest: Place?)? {
        switch self {
        case .sources(let sources):
            let rest = sources.dropFirst()
            return sources.first.map { (ReadingJob(source: $0), rest.isEmpty ? nil : .sources(rest)) }
        case .pages(let pages, let source):
            let rest = pages.dropFirst()
            return pages.first.map {
                let job = ReadingJob(source: source, page: $0, pageCount: pages.upperBound)
                return (job, rest.isEmpty ? nil : .pages(rest, of: source))
            }
        case .running, .finished: return nil
        }
    }
}

extension [Place] {
    /// Takes the first picture that is not read yet, if it is near enough to the front.
    mutating func startNext(as number: Int, limit: Int) -> ReadingJob? {
        for place in indices.prefix(limit) {
            guard let (job, rest) = self[place].next else { continue }
            replaceSubrange(place...place, with: [.running(number)] + (rest.map { [$0] } ?? []))
            return job
        }
        return nil
    }

    /// Puts a result in the place of its job, and the pages that it has told of behind it.
    mutating func finish(_ number: Int, _ result: ReadingJob.Finished) {
        let place = firstIndex { if case .running(number) = $0 { true } else { false } }
        guard let place else { preconditionFailure("A job that was not started has ended.") }
        self[place] = .finished(result.picture)
        if let bytes = result.bytes {
            let source = PictureSource(name: result.picture.name, contents: .bytes(bytes))
            insert(.pages(1..<result.picture.pageCount, of: source), at: place + 1)
        }
    }

    /// The results in front of all that is missing.
    mutating func takeFinished() -> [ReadPicture] {
        let pictures = prefix { if case .finished = $0 { true } else { false } }.compactMap { place in
            if case .finished(let picture) = place { picture } else { nil }
        }
        removeFirst(pictures.count)
        return pictures
    }
}
