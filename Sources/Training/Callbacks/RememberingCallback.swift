import FoundationBasics

/// A callback that has something to remember from call to call.
///
/// It is kept in the run's state, so that a run that goes on from a copy of its state goes on with what was remembered then. A
/// callback that is given to several runs forgets in `trainingBegan`; after that a run that goes on puts back what it remembers.
public protocol RememberingCallback: TrainingCallback {
    /// What is remembered.
    associatedtype Memory: Codable, Sendable

    /// The memory's name in the state. Training traps where two callbacks of a run share it.
    var memoryName: String { get }

    /// What is remembered, from the beginning on.
    var memory: Memory { get set }
}

/// What a callback remembers: a value, or its JSON until the callback is there that knows its type.
enum CallbackMemory: Sendable, Codable {
    case value(any Codable & Sendable)
    case text(String)

    init(from decoder: any Decoder) throws {
        self = .text(try decoder.singleValueContainer().decode(String.self))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .value(let value):
            try container.encode(String(decoding: try JSONEncoder().encode(value), as: UTF8.self))
        case .text(let text):
            try container.encode(text)
        }
    }
}

extension RememberingCallback {
    /// Takes over what a state has of it, if it has something.
    /// - Throws: `TrainingError` if that is not of its type.
    func recall(from state: TrainingState) throws(TrainingError) {
        switch state.progress.memories[memoryName] {
        case nil: break
        case .value(let value as Memory): memory = value
        case .value: throw .unreadableMemory(callback: memoryName)
        case .text(let text):
            guard let value = try? JSONDecoder().decode(Memory.self, from: Data(text.utf8)) else {
                throw .unreadableMemory(callback: memoryName)
            }
            memory = value
        }
        remember(in: state)
    }

    /// Gives it to a state.
    func remember(in state: TrainingState) { state.progress.memories[memoryName] = .value(memory) }
}
