/// Every kind of layer that there is, a line each: what a network may consist of, and what a model file may name.
///
/// A plan trusts a layer that its operations write the shape which it has promised, so a network with a layer that is not
/// listed is refused.
package enum LayerKinds {
    /// The types, each with its file in this folder.
    package static let all: [any Layer.Type] = [
        Activation.self,
        AveragePool2D.self,
        BatchNorm.self,
        Conv2D.self,
        Dense.self,
        Dropout.self,
        Ensemble.self,
        Flatten.self,
        GlobalAveragePool2D.self,
        MaxPool2D.self,
    ]
}
