import DigitRecognition
import Explanations
import Figures
import HTTPTypes
import ReadingReports

/// Reads pictures on threads of their own, and makes what is shown of them.
struct PictureService: Sendable {
    /// What came of a picture.
    struct Result: Sendable {
        /// `digits read --json`'s line.
        let json: String
        /// The preparation's pictures, PNG files, by what was done.
        let steps: [(name: String, pictures: [[UInt8]])]
        /// What speaks for each digit, a PNG file.
        let explanation: [UInt8]?
        /// The annotated picture, a PNG file.
        let picture: [UInt8]?
    }

    private let reader: DigitReader
    private let pool: BoundedPool
    private let time: Duration

    init(_ settings: ServerSettings, pool: BoundedPool) {
        var reader = DigitReader.pretrained()
        reader.decoder.largestPixelCount = settings.limits.picturePixels
        self.reader = reader
        self.pool = pool
        time = settings.times.picture
    }

    /// Reads a picture.
    /// - Parameters:
    ///   - arrival: When the request came.
    ///   - file: Takes it out of the request's body, on the thread that reads it.
    /// - Throws: `ServiceError`.
    func read(
        _ request: PictureRequest, arrival: ContinuousClock.Instant, client: Client?,
        file: @escaping @Sendable () throws(ServiceError) -> MultipartPart
    ) async throws -> Result {
        var reader = reader
        reader.options = request.options
        return try await pool.run(
            deadline: arrival + time, isAbandoned: { client?.isGone ?? false }
        ) { [reader] in
            let file = try file()
            return try Self.result(of: file.bytes, named: file.fileName ?? "-", request, reader)
        }
    }

    private static func result(
        of file: [UInt8], named name: String, _ request: PictureRequest, _ reader: DigitReader
    ) throws -> Result {
        let decoded: DecodedImage
        do throws(ImageDecodingError) {
            decoded = try reader.decode(file, page: request.page)
        } catch {
            switch error {
            case .tooLarge: throw ServiceError.tooLarge("\(error)")
            case .libraryMissing:
                throw ServiceError(status: .notImplemented, message: "\(error)")
            default: throw ServiceError.badRequest("\(error)")
            }
        }
        let reading = reader.read(decoded)
        let record = ReadingRecord(
            reading, of: name, page: decoded.pageCount > 1 ? request.page + 1 : nil)
        let confidence = request.minimumConfidence ?? Reading.sureConfidence
        return Result(
            json: record.json(minimumConfidence: request.minimumConfidence ?? 0),
            steps: request.wantsSteps
                ? reading.steps.map { (name: $0.kind.rawValue, pictures: $0.pictures) } : [],
            explanation: request.wantsExplanation ? try explanation(of: reading, confidence) : nil,
            picture: request.wantsPicture ? try picture(of: reading, confidence) : nil)
    }

    /// Digits that are explained at most: each takes as long as reading hundreds.
    private static let mostExplained = 64

    /// nil of a page with more digits than are explained.
    private static func explanation(of reading: Reading, _ confidence: Double) throws -> [UInt8]? {
        guard reading.lines.reduce(0, { $0 + $1.digits.count }) <= mostExplained else { return nil }
        let model = PretrainedModel.reader
        let figure = try Figure.explanation(
            of: reading, by: model.model(), named: model.name, minimumConfidence: confidence)
        return try figure.map { try png($0) }
    }

    private static func picture(of reading: Reading, _ confidence: Double) throws -> [UInt8]? {
        try reading.picture.map {
            try png(Figure.reading(reading, over: $0, minimumConfidence: confidence))
        }
    }

    private static func png(_ figure: Figure) throws(ServiceError) -> [UInt8] {
        do throws(FigureError) {
            return try figure.drawing.data(.png, scale: 1)
        } catch {
            throw ServiceError(status: .notImplemented, message: "\(error)")
        }
    }
}
