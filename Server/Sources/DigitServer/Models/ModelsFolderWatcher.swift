import Logging
import NIOPosix
import ServiceLifecycle

/// Looks into the folder of models now and then, on a thread of its own.
struct ModelsFolderWatcher: Service {
    let folder: ModelsFolder
    let registry: ModelRegistry
    let interval: Duration
    let logger: Logger

    /// Looks until the service is to end.
    func run() async throws {
        let thread = NIOThreadPool(numberOfThreads: 1)
        thread.start()
        await cancelWhenGracefulShutdown {
            var folder = folder
            while !Task.isCancelled {
                guard (try? await Task.sleep(for: interval)) != nil else { break }
                folder =
                    (try? await thread.runIfActive { [folder, registry, logger] in
                        var folder = folder
                        folder.update(registry, logger)
                        return folder
                    }) ?? folder
            }
        }
        try await thread.shutdownGracefully()
    }
}
