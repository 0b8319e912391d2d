public import Hummingbird

/// The service as an application of its own.
public enum DigitServer {
    /// Makes the application that answers on the settings' address.
    public static func application(_ settings: ServerSettings) -> some ApplicationProtocol {
        let router = Router()
        router.get("/v2/health/live") { _, _ in HTTPResponse.Status.ok }
        return Application(
            router: router,
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), serverName: nil))
    }
}
