import Configuration
import Foundation

/// A JSON file of settings: one object, a key for each setting.
struct SettingsFile {
    private let path: String
    private let snapshot: JSONSnapshot

    /// Reads a file.
    ///
    /// - Throws: `SettingsError` for a file that cannot be read, is no JSON object, or has keys that are no settings.
    init<Values>(path: String, _ table: SettingsTable<Values>) throws(SettingsError) {
        self.path = path
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SettingsError(
                "The file \(path) cannot be read: the path of a JSON file with settings was expected.")
        }
        guard let kinds = try? JSONDecoder().decode([String: JSONKind].self, from: data) else {
            throw SettingsError("\(path) is not a JSON object: {\"port\": 8080} and the like was expected.")
        }
        for (key, kind) in kinds.sorted(by: { $0.key < $1.key }) {
            let origin = SettingOrigin.key(key, file: path)
            guard let setting = table.setting(key) else {
                let nearest = NearestName.of(key, among: table.names).map { "“\($0)”" }
                throw .unknown(origin, nearest: nearest, all: "--help lists the settings.")
            }
            // The snapshot would take true for 1, and would not find an object.
            guard kind.fits(setting.kind) else {
                throw SettingsError("\(origin.subject) must be \(setting.kind.expected).")
            }
        }
        do {
            snapshot = try JSONSnapshot(
                data: [UInt8](data).span.bytes, providerName: path, parsingOptions: .default)
        } catch {
            throw SettingsError(
                "\(path) is not a JSON object of settings.")
        }
    }

    /// The value of a setting; `nil` where the file has none.
    ///
    /// - Throws: `SettingsError` for a value of another type or beyond the range.
    func value<Values>(of setting: Setting<Values>) throws(SettingsError) -> SettingValue? {
        let origin = SettingOrigin.key(setting.name, file: path)
        do {
            guard let content = try content(of: setting) else { return nil }
            if let value = SettingValue(content, setting.kind) { return value }
            throw SettingsError("\(origin.subject) must be \(setting.kind.expected).")
        } catch let error as SettingsError {
            throw error
        } catch {
            throw SettingsError("\(origin.subject) must be \(setting.kind.expected).")
        }
    }

    private func content<Values>(of setting: Setting<Values>) throws -> ConfigContent? {
        let key = AbsoluteConfigKey([setting.name])
        let type: ConfigType =
            switch setting.kind {
            case .integer: .int
            case .bytes: .int
            case .seconds: .double
            case .flag: .bool
            case .choice, .text: .string
            case .list: .stringArray
            }
        do {
            return try snapshot.value(forKey: key, type: type).value?.content
        } catch  where setting.kind.isByteCount {
            // "32MiB" is a text.
            return try snapshot.value(forKey: key, type: .string).value?.content
        }
    }
}

extension SettingKind {
    fileprivate var isByteCount: Bool {
        if case .bytes = self { true } else { false }
    }
}

extension SettingValue {
    /// A value from a file; `nil` if it does not fit the kind or its range.
    fileprivate init?(_ content: ConfigContent, _ kind: SettingKind) {
        switch content {
        case .int(let number): self.init("\(number)", kind)
        case .double(let number): self.init("\(number)", kind)
        case .bool(let isOn): self = .flag(isOn)
        case .string(let text): self.init(text, kind)
        case .stringArray(let items): self = .list(items)
        default: return nil
        }
    }
}
