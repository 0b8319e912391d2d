import ArgumentParser
import DigitRecognition
import Files
import FoundationBasics
import PlainText
import ReadingReports
import TerminalGraphics

/// `digits read`: the digits in any picture.
struct ReadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Reads the digits in pictures: photos, scans, drawings.",
        usage: "digits read <file> ... [<options>]",
        discussion: """
            EXAMPLES:
              digits read photo.jpg                  every number, a line for each
              digits read scans --csv numbers.csv    all pictures in a folder, as a table
              digits read '2026/*/*.png' --json      an object for each picture
              digits read cell.png --single          one digit
              digits read photo.jpg --output seen.png --steps how.html
              digits read form.tif --line --length 4-6 --min-confidence 0.9 --strict
              curl https://example.org/a.png | digits read -

            Printed are the digits, nothing else; at a terminal the file's name stands
            before them where there are several pictures. Of a folder the pictures are
            read in the order of the numbers in their names; hidden ones and those in
            folders below are left out. Files are told apart by their contents: PNG,
            JPEG, WebP, TIFF with all its pages, BMP, GIF, PNM, HEIC.

            Without digits nothing is printed as text, and standard error says why; in a
            table such a picture has a row without text, and its last column says blank,
            no-digits or unreadable. The exit code is 0 when all pictures could be looked
            at, 1 when a file could not be read or written (the others are read all the
            same), 3 with --strict when something is in doubt, and 64 when the command line
            makes no sense. After Ctrl-C, or when the process is ended (SIGTERM) or its
            terminal goes away (SIGHUP), files have what was read until then; the exit code
            is 130, 143 or 129.
            """)

    @Argument(
        help: "Pictures, folders of pictures, or - for standard input.",
        completion: .file(extensions: ImageFormat.fileExtensions))
    var files: [String] = []

    @OptionGroup var options: ReaderOptions
    @OptionGroup var output: ReadTextOptions
    @OptionGroup var shown: ReadFileOptions
    @OptionGroup var jobs: JobOptions

    func run() async throws {
        // Not in validate(), which comes before an unknown option is told.
        try check()
        let model = try options.digitModel()
        var reader = try options.reader(model)
        reader.options.keepsSteps = shown.areAsked
        let sources = PictureSource.all(named: files)
        // Before folders are made and standard input is read.
        try checkThatPicturesStay(sources)
        try shown.check(sourceCount: sources.count)
        if let csv = output.csv { try shown.replacement.check(csv) }
        let writesFiles = output.csv != nil || shown.areAsked
        // One picture that is printed alone leaves nothing to be tidied up.
        if sources.count > 1 || writesFiles { Interrupts.install() }
        // Else the files would be lost with those who read the rest.
        if writesFiles { SystemCalls.surviveUnreadOutput() }
        let queue = ReadingQueue(reader: reader, jobs: jobs.count, isStopped: { Interrupts.isRequested })
        var files = try ReadingFiles(
            shown, sourceCount: sources.count,
            minimumConfidence: output.minConfidence ?? Reading.sureConfidence,
            explainer: model ?? .usual)
        defer { files.discardEmptyFolders() }
        var report = ReadingReport(output, sourceCount: sources.count, writesFiles: writesFiles)
        defer { report.clear() }
        func tell(_ picture: ReadPicture) throws {
            try report.add(picture)
            report.add(files.add(picture), of: picture)
        }
        if let csv = output.csv {
            try await DurableFile.stream(to: csv, replacing: shown.replacement.force) { table in
                try table.append(Array(ReadingReport.tableHeader.utf8))
                try await queue.run(sources) { picture in
                    try tell(picture)
                    try table.append(Array(report.tableRows(picture).utf8))
                }
            }
            report.note("Wrote \(csv)")
        } else {
            try await queue.run(sources, tell)
        }
        files.summary.forEach(report.note)
        try report.end()
    }

    /// Refuses to write over a picture that is read, or into the folder where it is.
    private func checkThatPicturesStay(_ sources: [PictureSource]) throws {
        guard shown.replacement.force else { return }
        let pictures = Set(sources.flatMap { [$0.name, DurableFile.directory(of: $0.name)] }.map(Self.place))
        let written = shown.paths.map { $0.path } + (output.csv.map { [$0] } ?? [])
        if let path = written.first(where: { pictures.contains(Self.place($0)) }) {
            throw CommandFailure.misuse(
                "With --force, pictures that are read could be written over in '\(path)'. Write to another place.",
                of: Self.self)
        }
    }

    /// Where a path leads to.
    private static func place(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }

    private func check() throws {
        if files.isEmpty {
            throw CommandFailure.misuse(
                "No picture is named. Name files or folders, or give - and a picture on standard input.",
                of: Self.self)
        }
        if files.contains("") {
            throw CommandFailure.misuse("A file's name is empty.", of: Self.self)
        }
        let inputs = files.count { $0 == PictureSource.standardInput }
        if inputs > 1 {
            throw CommandFailure.misuse(
                "Standard input holds one picture, but - is given \(inputs) times.", of: Self.self)
        }
        if inputs == 1 && SystemCalls.isTerminal(0) {
            throw CommandFailure.misuse(
                "Standard input is the keyboard. Give it a picture, as in: digits read - < photo.png",
                of: Self.self)
        }
        if let csv = output.csv, shown.writes(to: csv) {
            throw CommandFailure.misuse(
                "--csv and another option write to '\(csv)'. Give each a name of its own.", of: Self.self)
        }
    }
}
