import HTTPTypes
import NIOFileSystem

/// Keeps corrected digits as a folder of pictures with a folder for each label, as image-classification tools take it.
///
/// A file appears with all of its contents or not at all, and outlives a crash once `keep` has returned.
actor CorrectionStore {
    /// Files and their bytes.
    private struct Amount {
        var count = 0
        var byteCount = 0
    }

    private let folder: FilePath
    private let settings: CorrectionSettings
    /// What there is, with what is being written; nil until the folder was looked at.
    private var amount: Amount?

    /// - Returns: nil if nothing is to be kept.
    init?(_ settings: CorrectionSettings) {
        guard let folder = settings.folder else { return nil }
        self.folder = FilePath(folder)
        self.settings = settings
    }

    /// Keeps a sample.
    /// - Throws: `ServiceError` 507 if there is no room for it, 500 if it cannot be written.
    func keep(_ sample: CorrectionSample) async throws(ServiceError) {
        let size = sample.png.count
        do {
            if amount == nil {
                let counted = try await count()
                // Somebody else may have counted, and begun to write, meanwhile.
                amount = amount ?? counted
            }
            var total = amount ?? Amount()
            total.count += 1
            total.byteCount += size
            guard total.count <= settings.largestCount, total.byteCount <= settings.largestByteCount else {
                throw ServiceError.full
            }
            amount = total
        } catch let error as ServiceError {
            throw error
        } catch {
            throw .notKept
        }
        do {
            try await write(sample)
        } catch {
            amount?.count -= 1
            amount?.byteCount -= size
            throw .notKept
        }
    }

    private func write(_ sample: CorrectionSample) async throws {
        let labelFolder = folder.appending("\(sample.label)")
        try await FileSystem.shared.createDirectory(at: labelFolder, withIntermediateDirectories: true)
        // Nothing of the name comes from outside; 128 random bits are free.
        let id = String(UInt128.random(in: .min ... .max), radix: 16)
        // The file has no name until it is closed.
        try await FileSystem.shared.withFileHandle(
            forWritingAt: labelFolder.appending("\(id).png"),
            options: .newFile(replaceExisting: false, permissions: [.ownerReadWrite, .groupRead])
        ) { file in
            try await file.write(contentsOf: sample.png, toAbsoluteOffset: 0)
            try await file.synchronize()
        }
        try await FileSystem.shared.withDirectoryHandle(atPath: labelFolder) { try await $0.synchronize() }
    }

    /// Looks at what earlier runs left.
    private func count() async throws -> Amount {
        var amount = Amount()
        for label in 0..<10 {
            let labelFolder = folder.appending("\(label)")
            guard try await FileSystem.shared.info(forFileAt: labelFolder) != nil else { continue }
            let names = try await FileSystem.shared.withDirectoryHandle(atPath: labelFolder) { handle in
                try await handle.listContents().reduce(into: []) { $0.append($1.path) }
            }
            for name in names {
                guard let info = try await FileSystem.shared.info(forFileAt: name) else { continue }
                amount.count += 1
                amount.byteCount += Int(info.size)
            }
        }
        return amount
    }
}

extension ServiceError {
    fileprivate static let full = ServiceError(
        status: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage"),
        message:
            "The server keeps as many corrections as it may. Whoever runs it can move them away, or allow more."
    )
    fileprivate static let notKept = ServiceError(
        status: .internalServerError,
        message:
            "The correction could not be written. Whoever runs the server can look at the folder it collects in."
    )
}
