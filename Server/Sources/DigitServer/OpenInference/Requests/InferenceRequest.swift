/// A request for inference as the Open Inference Protocol (version 2) has it.
struct InferenceRequest {
    /// The priorities that there are, the most urgent first.
    static let priorities = 1...9
    /// The priority of requests that give none, or 0.
    static let defaultPriority = 5

    /// A tensor that was given.
    struct Input {
        var name = ""
        var shape: [Int] = []
        var datatype = ""
        var data: TensorData?
        /// Bytes of its data behind the JSON; nil where they are in it.
        var binaryByteCount: Int?
    }

    /// A tensor that was asked for.
    struct Output {
        var name = ""
        /// Whether its data go behind the JSON; nil where the request as a whole says it.
        var isBinary: Bool?
        /// How many of the most probable classes are wanted in place of the probabilities.
        var classCount: Int?
    }

    /// What the answer repeats.
    var id: String?
    var inputs: [Input] = []
    /// Empty for all.
    var outputs: [Output] = []
    /// Whether outputs' data go behind the JSON where they do not say it themselves.
    var hasBinaryOutputs = false
    /// How urgent the request is: one with a lower number is computed first.
    var priority = defaultPriority
    /// How long the request may wait; nil for as long as the server allows.
    var timeout: Duration?
}

/// The numbers or the texts of a tensor.
enum TensorData {
    case numbers([Float])
    case texts([String])
    /// As they lie in a body: little-endian numbers, or texts each behind its length.
    case bytes(ArraySlice<UInt8>)
}
