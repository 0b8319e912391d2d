import Foundation

/// Runs each piece of a task on a thread of its own. Tests wait on sockets, which must not take the threads of Swift's pool from the server
/// that is to answer them.
final class BlockingThreads: TaskExecutor {
    static let shared = BlockingThreads()

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        Thread.detachNewThread { job.runSynchronously(on: executor) }
    }
}
