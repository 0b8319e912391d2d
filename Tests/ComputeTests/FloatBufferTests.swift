import Compute
import Testing

@Suite struct FloatBufferTests {
    @Test(arguments: [0, 1, 15, 16, 17, 1000])
    func beginsOnACacheLineWithZeros(count: Int) {
        let buffer = FloatBuffer(count: count)
        #expect(UInt(bitPattern: buffer.pointer) % 64 == 0)
        #expect(buffer.count == count)
        #expect(Array(buffer.floats) == .init(repeating: 0, count: count))
    }

    @Test(arguments: [[], [1], [1, 2, 3]] as [[Float]])
    func holdsTheValuesThatItIsMadeOf(values: [Float]) {
        let buffer = FloatBuffer(values)
        #expect(Array(buffer.floats) == values)
    }

    @Test func aCopyIsIndependent() {
        let original = FloatBuffer([1, 2, 3])
        let copy = original.copy()
        copy.pointer[1] = 9
        #expect(Array(original.floats) == [1, 2, 3])
        #expect(Array(copy.floats) == [1, 9, 3])
        #expect(copy.pointer != original.pointer)
    }

    @Test func workspaceHoldsPlainValues() {
        let zeros = Workspace<Int32>(count: 3, zero: 0)
        #expect((0..<3).map { zeros.pointer[$0] } == [0, 0, 0])
        let routes = Workspace<UInt8>([7, 8], zero: 0)
        #expect([routes.pointer[0], routes.pointer[1]] == [7, 8])
    }
}
