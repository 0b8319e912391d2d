import HTTPMiddleware
public import Settings

extension ServerConfiguration {
    /// Every setting of the program, once.
    public static let table = SettingsTable<ServerConfiguration>(
        prefix: "DIGITS_SERVER", defaults: ServerConfiguration(),
        [
            .init("Listening", listening), .init("Models", models), .init("Work", work),
            .init("Limits", limits),
            .init("Times", times), .init("Page", page), .init("Access", access),
            .init("Observation", observation),
        ])

    private static var listening: [Setting<ServerConfiguration>] {
        [
            .text(
                "host", \.service.host, "NAME",
                "The name or address that connections are accepted on; 0.0.0.0 for all."),
            .integer("port", \.service.port, 0...65_535, "The port; with 0 the system chooses a free one."),
            .integer(
                "connections", \.service.limits.connections, 1...1_000_000,
                "Connections at the same time; others wait until one ends."),
            .text(
                "tls-certificate", \.operation.certificatePath, "FILE",
                "The certificate with its chain, PEM; with it the server speaks HTTPS. Read again when it changes."
            ),
            .text(
                "tls-key", \.operation.keyPath, "FILE",
                "The certificate's private key, PEM, without a passphrase."),
        ]
    }

    private static var models: [Setting<ServerConfiguration>] {
        [
            .list(
                "model", "NAME=PATH",
                "A model that is served under a name: its file, or the folder of its run."
            ) {
                (configuration: inout ServerConfiguration, items: [String]) throws(SettingReason) in
                configuration.service.models.sources = try items.map { (item) throws(SettingReason) in
                    let pair = try NamedText(item, expected: "a name and a path with “=” between them")
                    return ModelSettings.Source(name: pair.name, path: pair.text)
                }
            },
            .flag(
                "shipped-models", \.service.models.includesShipped,
                "Whether the models that come with the program are served."),
            .text(
                "models-folder", \.service.models.folder, "FOLDER",
                "A folder with NAME.safetensors or NAME/VERSION/model.safetensors, which is watched."),
            .seconds(
                "models-folder-interval", \.service.models.folderInterval, 0.1...3600,
                "How often the folder is looked into."),
            .list("alias", "ALIAS=NAME", "Another name of a model.") {
                (configuration: inout ServerConfiguration, items: [String]) throws(SettingReason) in
                for item in items {
                    let pair = try NamedText(
                        item, expected: "an alias and a model's name with “=” between them")
                    configuration.service.models.aliases[pair.name] = pair.text
                }
            },
            .list(
                "default-version", "NAME=VERSION",
                "The version of a model that answers where a request names none, not the highest."
            ) {
                (configuration: inout ServerConfiguration, items: [String]) throws(SettingReason) in
                let expected = "a model's name and a version, a whole number from 1, with “=” between them"
                for item in items {
                    let pair = try NamedText(item, expected: expected)
                    guard let version = Int(pair.text), version > 0 else { throw SettingReason(expected) }
                    configuration.service.models.defaultVersions[pair.name] = version
                }
            },
            .flag(
                "allow-management", \.service.models.allowsManagement,
                "Whether models of the folder may be loaded and unloaded over the network."),
        ]
    }

    private static var work: [Setting<ServerConfiguration>] {
        [
            .integer(
                "threads", \.service.workers, 1...1024, open: "one for each processor",
                "Threads that compute networks."),
            .integer(
                "picture-threads", \.service.pictureWorkers, 1...1024, open: "one for two processors",
                "Threads that read pictures."),
            .integer(
                "batch-images", \.service.limits.batchImages, 1...65_536,
                "The most images that are computed together."),
            .integer(
                "queue-requests", \.service.limits.queuedRequests, 1...1_000_000,
                "Inference requests that wait or are computed; more are answered with 429."),
            .integer(
                "queue-images", \.service.limits.queuedImages, 1...10_000_000,
                "Images of requests that wait; more are answered with 429."),
            .integer(
                "queue-pictures", \.service.limits.queuedPictures, 1...100_000,
                "Pictures that wait or are read; more are answered with 429."),
        ]
    }

    private static var limits: [Setting<ServerConfiguration>] {
        [
            .bytes(
                "body-limit", \.service.limits.bodyByteCount, 1...(1 << 31),
                "Bytes of a request's body, as sent and when decompressed; larger ones are answered with 413."
            ),
            .bytes(
                "header-limit", \.service.limits.headerByteCount, 256...(1 << 20),
                "Bytes of a request's header."),
            .integer(
                "header-fields", \.service.limits.headerFieldCount, 8...10_000, "Header fields of a request."),
            .integer(
                "json-depth", \.service.limits.jsonDepth, 4...512,
                "Objects and lists of JSON inside each other."),
            .integer(
                "request-images", \.service.limits.imagesOfRequest, 1...1_000_000,
                "Images of one inference request, which is what its tensors and its answer grow with."),
            .integer(
                "picture-pixels", \.service.limits.picturePixels, 1...2_147_483_647,
                "Pixels of a picture; larger ones are answered with 413."),
        ]
    }

    private static var times: [Setting<ServerConfiguration>] {
        [
            .seconds(
                "inference-deadline", \.service.times.inference, 0.001...3600,
                "How long an inference request may wait; then it is answered with 504."),
            .seconds(
                "picture-deadline", \.service.times.picture, 0.001...3600,
                "How long a picture may wait; then it is answered with 504."),
            .seconds(
                "receive-deadline", \.service.times.receiving, 0.1...3600,
                "How long a client may take to send a body; slower ones are answered with 408 and closed."),
            .seconds(
                "send-deadline", \.service.times.sending, 0.1...3600,
                "How long a client may leave an answer untaken until it is closed."),
            .seconds(
                "idle-timeout", \.service.times.idle, 0.1...86_400, "How long a connection may be idle."),
            .seconds(
                "stop-notice", \.service.times.notice, 0...3600,
                "How long the server still takes connections after SIGTERM, while it says that it is not ready."
            ),
            .seconds(
                "drain-deadline", \.service.times.draining, 0...3600,
                "How long requests that are being answered may take then."),
        ]
    }

    private static var page: [Setting<ServerConfiguration>] {
        [
            .flag("page", \.service.servesPage, "Whether the page to draw on is served at /."),
            .text(
                "collect", \.service.corrections.folder, "FOLDER",
                "A folder that keeps the digits that people correct on the page."),
            .integer(
                "collect-count", \.service.corrections.largestCount, 0...100_000_000,
                "Corrections that are kept at most."),
            .bytes(
                "collect-bytes", \.service.corrections.largestByteCount, 0...(1 << 40),
                "Bytes that they take together at most."),
        ]
    }

    private static var access: [Setting<ServerConfiguration>] {
        [
            .text(
                "tokens", \.operation.tokensPath, "FILE",
                "Names and digests of the tokens of which a request needs one. Read again when it changes."),
            .list("allow-origin", "ORIGIN", "An origin whose pages may ask, such as https://example.org.") {
                (configuration: inout ServerConfiguration, items: [String]) throws(SettingReason) in
                configuration.operation.allowedOrigins = try items.map { (item) throws(SettingReason) in
                    guard let origin = Origin(item) else {
                        throw SettingReason("an origin such as https://example.org, without a path")
                    }
                    return origin
                }
            },
        ]
    }

    private static var observation: [Setting<ServerConfiguration>] {
        [
            .flag("metrics", \.operation.hasMetrics, "Whether /metrics answers, for Prometheus."),
            .choice("log-level", \.operation.logLevel, "Events below it are not logged."),
            .choice(
                "log-format", \.operation.logFormat,
                "Lines for people or JSON for programs, on standard error."),
        ]
    }
}
