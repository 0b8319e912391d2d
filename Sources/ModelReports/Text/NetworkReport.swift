package import DigitRecognition
import PlainText
import TerminalGraphics

/// A network as a table: a row for each layer, and the number of its parameters.
package enum NetworkReport {
    private static let bytesOfParameter = 4

    /// Layers, output shapes, parameters and bytes; the last line is the total, `81,066 parameters`.
    package static func lines(_ network: Network) -> [String] {
        var table = TextTable([
            .init("Layer"), .init("Kind"), .init("Output shape"), .init("Parameters", .right),
            .init("Bytes", .right),
        ])
        let names = network.description.layerNames
        table.append(["input", "", network.inputShape.description, "0", "0"])
        for (index, layer) in network.description.layers.enumerated() {
            let count = network.layout.slots(ofLayer: index).reduce(0) { $0 + $1.shape.count }
            table.append([
                names[index], type(of: layer).kind, network.outputShapes[index].description,
                NumberText.grouped(count), NumberText.grouped(count * bytesOfParameter),
            ])
        }
        let all = network.layout.parameterCount
        let trainable = network.layout.slots.filter(\.description.isTrainable)
            .reduce(0) { $0 + $1.shape.count }
        let kinds =
            trainable == all
            ? "All trainable"
            : "\(NumberText.grouped(trainable)) trainable, \(NumberText.grouped(all - trainable)) not trainable"
        return table.lines + [
            "", "\(kinds), \(NumberText.grouped(all * bytesOfParameter)) bytes",
            "\(NumberText.grouped(all)) parameters",
        ]
    }
}
