package import NeuralNetworks
import TestSupport

extension Network {
    /// Every parameter's bits by name.
    package var bits: [String: [UInt32]] {
        Dictionary(uniqueKeysWithValues: layout.slots.map { ($0.name, self[$0.name]!.bits) })
    }
}
