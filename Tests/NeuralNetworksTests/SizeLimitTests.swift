import Compute
import NeuralNetworks
import Testing

/// Descriptions that would make a plan overflow or take all memory are refused by their shapes alone.
@Suite struct SizeLimitTests {
    private func reason(_ input: Shape, @LayerBuilder _ layers: () -> [any Layer]) -> String? {
        do {
            _ = try Sequential(layers()).outputShapes(for: input)
            return nil
        } catch {
            return error.description
        }
    }

    @Test func aMaximumOverMoreThan65536ElementsIsRefused() {
        #expect(
            reason([28, 28, 1]) { MaxPool2D(size: 257, stride: 1, padding: .same) }
                == "layer 1 (MaxPool2D): A window of [257, 257] has more than 65536 elements; use a smaller one."
        )
        #expect(reason([28, 28, 1]) { MaxPool2D(size: 256, stride: 1, padding: .same) } == nil)
    }

    @Test func aConvolutionWhosePaddedInputIsTooLargeIsRefused() {
        let found = reason([65536, 1, 64]) { Conv2D(filters: 1, kernelSize: (1, 4096), padding: .same) }
        #expect(found?.contains("The padded input 65536×4096×64 has more than 4194304 elements") == true)
    }

    @Test func outputsThatAreTooLargeTogetherAreRefused() {
        let found = reason([64, 64, 1]) { for _ in 0..<20 { Conv2D(filters: 64, kernelSize: 1) } }
        #expect(found?.contains("The outputs up to here have more than 4194304 elements together") == true)
    }

    @Test func tooManyLayersAreRefused() {
        let found = reason([8]) { for _ in 0..<1001 { Flatten() } }
        #expect(found == "Sequential: The network has 1001 layers; use at most 1000.")
    }

    @Test func aSlopeThatIsNoNumberIsRefused() {
        let found = reason([8]) { Activation(.leakyRelu(slope: .nan)) }
        #expect(found == "layer 1 (Activation): A leaky ReLU with slope nan; use a finite number.")
    }
}
