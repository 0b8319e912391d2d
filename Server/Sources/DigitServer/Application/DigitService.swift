import DigitRecognition
public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle

/// Serves models and reads pictures: routes for a router of Hummingbird's, and what works behind them.
///
/// ```swift
/// let service = try DigitService(ServerSettings(), logger: logger)
/// let router = Router()
/// service.addRoutes(to: router)
/// let application = Application(router: router, services: service.services)
/// ```
///
/// An application that has other routes adds these to its own router. Errors of these routes are `{"error":"…"}`.
public final class DigitService: Sendable {
    /// What it was told before it started.
    public let settings: ServerSettings
    /// Services that run as long as it answers; they end it when they end. In an application they come before the HTTP server.
    public let services: [any Service]
    /// Whether it is ready to be asked.
    package let readiness: Readiness
    let registry: ModelRegistry
    /// Names of models that do not come from the models' folder.
    let fixedNames: Set<String>
    let queue: InferenceQueue
    /// Decodes and reads pictures.
    let pictures: BoundedPool
    let reader: PictureService
    let logger: Logger

    /// Loads the models and starts the threads. It has the thread for some milliseconds.
    /// - Throws: `ModelSettingsError` for models that cannot be served.
    public init(_ settings: ServerSettings, logger: Logger) throws(ModelSettingsError) {
        self.settings = settings
        self.logger = logger
        registry = try ModelRegistry(settings.models)
        fixedNames = Set(registry.all.map(\.name))
        let (limits, times) = (settings.limits, settings.times)
        let processors = Model.processorCount
        queue = InferenceQueue(
            workers: settings.workers ?? processors,
            limits: InferenceQueue.Limits(
                requests: limits.queuedRequests, images: limits.queuedImages, batchImages: limits.batchImages,
                handover: times.handover),
            metrics: InferenceMetrics())
        pictures = BoundedPool(
            workers: settings.pictureWorkers ?? max(processors / 2, 1), limit: limits.queuedPictures,
            name: "pictures", metrics: PoolMetrics(name: "picture"))
        reader = PictureService(settings, pool: pictures)
        readiness = Readiness()

        var services: [any Service] = [EndOfWork(queue: queue, pictures: pictures)]
        if let path = settings.models.folder {
            var folder = ModelsFolder(path: path, reserved: fixedNames)
            folder.update(registry, logger)
            services.append(
                ModelsFolderWatcher(
                    folder: folder, registry: registry, interval: settings.models.folderInterval,
                    logger: logger))
        }
        self.services = services
    }

    /// Adds the routes: `/v2/…` of the Open Inference Protocol, `/v1/models/…` of TensorFlow Serving, `/v1/read`,
    /// `/v1/corrections`, and the page at `/`.
    public func addRoutes<Context: RequestContext>(to router: some RouterMethods<Context>) {
        let routes = RouteTable(router: router, logger: logger)
        OpenInferenceRoutes(service: self).add(to: routes)
        TensorFlowServingRoutes(service: self).add(to: routes)
        ReadingRoutes(service: self).add(to: routes)
        CorrectionRoutes(settings.corrections).add(to: routes)
        OpenAPIRoute().add(to: routes)
        if settings.servesPage { PageRoutes().add(to: routes) }
    }
}
