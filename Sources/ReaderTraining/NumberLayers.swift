package import NeuralNetworks
import PictureReading

extension Sequential {
    /// The layers of the network of numbers, for strips of 32 rows: 16 rows, 8 and 4 by pooling, then one row of columns, each of which
    /// sees what stands within a digit's width of it and a little more.
    package static let numbers = Sequential {
        block(16)
        MaxPool2D(size: 2)
        block(32)
        MaxPool2D(size: (2, 1))
        block(64)
        block(96)
        MaxPool2D(size: (2, 1))
        block(96)
        Conv2D(filters: 128, kernelSize: (4, 1), useBias: false)
        BatchNorm(momentum: 0.97)
        Activation(.relu)
        for _ in 1...2 {
            Dropout(0.1)
            Conv2D(filters: 96, kernelSize: (1, 9), padding: .same, useBias: false)
            BatchNorm(momentum: 0.97)
            Activation(.relu)
        }
        Dropout(0.1)
        Conv2D(filters: NumberDecoder.classCount, kernelSize: 1, activation: .softmax)
    }

    @LayerBuilder private static func block(_ filters: Int) -> [any Layer] {
        Conv2D(filters: filters, kernelSize: 3, padding: .same, useBias: false)
        BatchNorm(momentum: 0.97)
        Activation(.relu)
    }
}
