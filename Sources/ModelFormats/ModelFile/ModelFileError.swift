public import Files

/// Why a model file could not be read or written.
public enum ModelFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file is no safetensors file, or a damaged one.
    case container(SafetensorsError)
    /// The file could not be written.
    case notWritten(FileError)
    /// A safetensors file, but not of this package.
    case notAModel(path: String)
    /// Written by a newer version of this package.
    case newerFormat(path: String, version: String)
    /// The description in the metadata cannot be read, or describes no possible network.
    case badDescription(path: String, reason: String)
    /// The content differs from what was written: damaged, or changed by another program.
    case checksum(path: String)
    /// The weights are not those of the architecture.
    case weightMismatch(path: String, reason: String)
    /// A weight is infinite or not a number.
    case weightNotFinite(path: String, tensor: String)

    /// What happened to which file, and what to do.
    public var description: String {
        switch self {
        case .container(let error): error.description
        case .notWritten(let error): error.description
        case .notAModel(let path):
            "\(path) is a safetensors file, but holds no model of digits (its metadata has no “digits” entry). "
                + "Give a file written by `digits train`."
        case .newerFormat(let path, let version):
            "\(path) has the model format \(version), which is newer than this program's "
                + "(\(ModelFile.formatVersion)). Update digits."
        case .badDescription(let path, let reason):
            "\(path) describes a network that cannot be: \(reason) The file is damaged or was made by another "
                + "program; train or fetch the model again."
        case .checksum(let path):
            "\(path) has changed since it was written: its content does not match its checksum. "
                + "Restore it from a copy or train again; if the change is meant, allow it with --allow-changes "
                + "(in Swift, allowingChanges: true)."
        case .weightMismatch(let path, let reason):
            "\(path) holds weights that do not fit its architecture: \(reason) Train or fetch the model again."
        case .weightNotFinite(let path, let tensor):
            "\(path) holds weights that are infinite or not numbers, in \(tensor), so that it can read nothing. "
                + "Train or fetch the model again."
        }
    }
}
