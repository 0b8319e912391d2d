import Compute
package import NeuralNetworks
import PlainText

extension Model: CustomStringConvertible {
    /// Input, layers, parameters and classes in a line: `28×28×1 → 10 classes: 10 layers, 81,066 parameters`.
    public var description: String {
        let layers = network.description.layers.count
        return "\(network.inputShape) → \(network.outputShape.count) classes: "
            + "\(layers) layer\(layers == 1 ? "" : "s"), "
            + "\(NumberText.grouped(network.layout.parameterCount)) parameters"
    }

    /// The layers as a table, with output shapes, parameters and bytes, as Keras's `summary` shows them:
    ///
    ///     print(model.summary)
    public var summary: String { network.summaryLines.joined(separator: "\n") }
}

extension Network {
    private static let bytesOfParameter = 4

    /// A row for each layer; the last line is the total, `81,066 parameters`.
    package var summaryLines: [String] {
        var table = TextTable([
            .init("Layer"), .init("Kind"), .init("Output shape"), .init("Parameters", .right),
            .init("Bytes", .right),
        ])
        let names = description.layerNames
        table.append(["input", "", inputShape.description, "0", "0"])
        for (index, layer) in description.layers.enumerated() {
            let count = layout.slots(ofLayer: index).reduce(0) { $0 + $1.shape.count }
            table.append([
                names[index], type(of: layer).kind, outputShapes[index].description,
                NumberText.grouped(count), NumberText.grouped(count * Self.bytesOfParameter),
            ])
        }
        let all = layout.parameterCount
        let trainable = layout.slots.filter(\.description.isTrainable).reduce(0) { $0 + $1.shape.count }
        let kinds =
            trainable == all
            ? "All trainable"
            : "\(NumberText.grouped(trainable)) trainable, \(NumberText.grouped(all - trainable)) not trainable"
        return table.lines + [
            "", "\(kinds), \(NumberText.grouped(all * Self.bytesOfParameter)) bytes",
            "\(NumberText.grouped(all)) parameters",
        ]
    }
}
