extension PageAsset {
    /// All of the page. The files lie in `Assets/` and are part of the program, so that it can be copied alone.
    static let all: [PageAsset] = [
        PageAsset(path: "", contentType: "text/html; charset=utf-8", bytes: PackageResources.index_html),
        // Here and not beside the others, because it keeps only what lies beside it or below.
        script("service-worker.js", PackageResources.service_worker_js, folder: ""),
        PageAsset(
            path: "page/page.css", contentType: "text/css; charset=utf-8", bytes: PackageResources.page_css),
        PageAsset(path: "page/icon.svg", contentType: "image/svg+xml", bytes: PackageResources.icon_svg),
        PageAsset(
            path: "page/manifest.webmanifest", contentType: "application/manifest+json",
            bytes: PackageResources.manifest_webmanifest),
        script("access.js", PackageResources.access_js),
        script("answer-view.js", PackageResources.answer_view_js),
        script("corrections.js", PackageResources.corrections_js),
        script("drawing.js", PackageResources.drawing_js),
        script("examples.js", PackageResources.examples_js),
        script("ink.js", PackageResources.ink_js),
        script("keyboard-pen.js", PackageResources.keyboard_pen_js),
        script("link.js", PackageResources.link_js),
        script("page.js", PackageResources.page_js),
        script("pen.js", PackageResources.pen_js),
        script("picture.js", PackageResources.picture_js),
        script("player.js", PackageResources.player_js),
        script("reader.js", PackageResources.reader_js),
        script("reading.js", PackageResources.reading_js),
        script("seen.js", PackageResources.seen_js),
        script("stage.js", PackageResources.stage_js),
        script("teaching.js", PackageResources.teaching_js),
        script("tools.js", PackageResources.tools_js),
        script("words.js", PackageResources.words_js),
    ]

    private static func script(_ name: String, _ bytes: [UInt8], folder: String = "page/") -> PageAsset {
        PageAsset(path: folder + name, contentType: "text/javascript; charset=utf-8", bytes: bytes)
    }
}
