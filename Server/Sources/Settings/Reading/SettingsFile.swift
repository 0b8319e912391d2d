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
        guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw SettingsError(
                "\(path) is not a JSON object: {\"port\": 8080} and the like was expected.")
        }
        for (key, value) in object.sorted(by: { $0.key < $1.key }) {
            guard let setting = table.setting(key) else {
                let nearest = NearestName.of(key, among: table.names).map { "“\($0)”" }
                throw .unknown(.key(key, file: path), nearest: nearest, all: "--help lists the settings.")
            }
            guard !(value is [String: Any]), !(value is NSNull) else {
                throw SettingsError(
                    "The \(SettingOrigin.key(key, file: path)) must be \(setting.kind.expected).")
            }
        }
        do {
            snapshot = try JSONSnapshot(
                data: [UInt8](data).span.bytes, providerName: path, parsingOptions: .default)
        } catch {
            throw SettingsError(
                "\(path) has a list of different things in it: lists of settings are lists of texts.")
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
            throw SettingsError("The \(origin) must be \(setting.kind.expected).")
        } catch let error as SettingsError {
            throw error
        } catch {
            throw SettingsError("The \(origin) must be \(setting.kind.expected).")
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
