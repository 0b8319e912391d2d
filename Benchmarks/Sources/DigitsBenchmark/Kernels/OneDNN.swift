import Foundation

/// oneDNN's convolutions beside ours.
enum OneDNN {
    /// One convolution as it is told to oneDNN: without padding, step 1.
    struct Convolution {
        let name: String
        let channels, size, kernel, filters: Int
        /// Whether ours also pools; oneDNN's convolution does not.
        let isPooled: Bool
    }

    static let images = 32
    static let contestant = "oneDNN"

    static let convolutions =
        PlaneShape.all.map {
            Convolution(
                name: $0.name, channels: 1, size: $0.plane, kernel: $0.kernel, filters: $0.outputs,
                isPooled: true)
        }
        + ConvolutionShape.all.filter { $0.kernel > 1 }.map {
            Convolution(
                name: $0.name, channels: $0.inputs, size: $0.inputSize, kernel: $0.kernel,
                filters: $0.outputs, isPooled: $0.isPooled)
        }

    static func key(_ name: String) -> String { "\(contestant)|\(name)" }

    /// Times oneDNN on one thread, where its program was built.
    static func measure(_ settings: RunSettings, report: (String) -> Void) throws -> [ResultLine] {
        let program = settings.folder.appendingPathComponent(".peers/onednn").path
        guard FileManager.default.isExecutableFile(atPath: program) else {
            report("kernels: oneDNN is not installed here")
            return [.absent(key: contestant)]
        }
        let process = try WorkerProcess(["/usr/bin/env", "OMP_NUM_THREADS=1", program])
        var lines = [
            ResultLine.contestant(
                key: contestant, name: process.description.name, settings: process.description.settings)
        ]
        for convolution in convolutions {
            let values = try process.run(
                [images, convolution.channels, convolution.size, convolution.kernel, convolution.filters]
                    .map { "\($0)" }.joined(separator: " ") + " \(settings.seconds / 10)")
            lines.append(.turn(key: key(convolution.name), turn: 1, values: values))
            report("kernels: oneDNN, \(convolution.name)")
        }
        try process.end()
        return lines
    }
}
