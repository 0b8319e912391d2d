import DigitRecognition
import Explanations
import Figures
import PlainText
import ReportPages

/// What is inside a network: its layers, its first filters, and what it makes of one image.
struct NetworkSection {
    /// The test picture that the command's examples name, too.
    private static let usualIndex = 7
    private static let mostFilters = 64
    /// A deep network would fill the page with maps of its many layers.
    private static let fewLayers = 6

    let network: Network
    let classNames: [String]
    /// Nil for a network without a convolution.
    let filters: ConvolutionFilters?
    let image: Image
    let index: Int
    let label: String
    let activations: [LayerActivation]

    /// Asks a model about an image.
    init(_ subject: ReportSubject) throws {
        network = subject.model.network
        classNames = subject.images.classNames
        do throws(ExplanationError) {
            filters = try subject.model.filters()
        } catch .noConvolution {
            filters = nil
        }
        index = min(Self.usualIndex, subject.images.count - 1)
        image = subject.images.images[index]
        label = subject.images.name(at: index)
        activations = try subject.model.activations(of: image)
    }

    /// The table of layers, the filters and the activations.
    var section: PageSection {
        var blocks: [PageBlock] = [
            .table(layers, caption: "Layers: \(NumberText.grouped(network.layout.parameterCount)) parameters")
        ]
        if let filters {
            let shown = min(filters.count, Self.mostFilters)
            let part = shown < filters.count ? "first \(shown) filters" : "filters"
            let channel = filters.channels > 1 ? ", the first of \(filters.channels) channels" : ""
            blocks.append(
                .figure(
                    .filters(
                        (0..<shown).map { ValueMap(filters.kernel($0)) },
                        title: "The \(part) of \(filters.layer)\(channel)")))
        }
        blocks.append(
            .figure(
                .activations(
                    of: ValueMap(image), layers: drawnLayers,
                    title: "What the layers make of picture \(index), label \(label)")))
        return PageSection("Network", blocks)
    }

    private var layers: FigureTable {
        let names = network.description.layerNames
        let rows = network.description.layers.enumerated().map { index, layer in
            [
                names[index], type(of: layer).kind, network.outputShapes[index].description,
                NumberText.grouped(network.layout.slots(ofLayer: index).reduce(0) { $0 + $1.shape.count }),
            ]
        }
        return FigureTable(
            header: ["Layer", "Kind", "Output shape", "Parameters"],
            rows: [["input", "–", network.inputShape.description, "0"]] + rows)
    }

    /// The activations of the layers that change values, of each as many maps as there is room for.
    private var drawnLayers: [LayerActivations] {
        let drawn = zip(network.description.layers, activations)
            .filter { layer, _ in !type(of: layer).keepsValues }.map(\.1)
        let isDeep = drawn.filter { $0.shape.rank == 3 }.count > Self.fewLayers
        return drawn.map { layer in
            guard layer.shape.rank == 3 else {
                let most = 256
                return LayerActivations(
                    name: name(layer, of: layer.values.count, most), values: Array(layer.values.prefix(most)))
            }
            let most = isDeep ? 16 : 64
            let maps = (0..<min(layer.shape[2], most)).compactMap(layer.channel)
            return LayerActivations(
                name: name(layer, of: layer.shape[2], most), maps: maps.map { ValueMap($0) })
        }
    }

    private func name(_ layer: LayerActivation, of count: Int, _ most: Int) -> String {
        count > most ? "\(layer.name), the first \(most) of \(count)" : layer.name
    }

    /// The members of `report.json`.
    var json: [(String, JSONText)] {
        let names = network.description.layerNames
        let layers = network.description.layers.enumerated().map { index, layer in
            JSONText.object([
                ("name", .string(names[index])), ("kind", .string(type(of: layer).kind)),
                ("output_shape", .string(network.outputShapes[index].description)),
            ])
        }
        return [
            ("parameters", .integer(network.layout.parameterCount)),
            ("input_shape", .string(network.inputShape.description)), ("layers", .array(layers)),
        ]
    }
}
