import Compute
import Foundation
import Testing

@Suite struct ShapeTests {
    @Test func countsElements() {
        #expect(Shape([28, 28, 1]).count == 784)
        #expect(Shape([3, 0, 2]).count == 0)
        #expect(Shape([]).count == 1)
    }

    @Test func tellsItsAxes() {
        let shape: Shape = [2, 3, 5]
        #expect(shape.rank == 3)
        #expect(shape.axes == [2, 3, 5])
        #expect(shape[1] == 3)
    }

    @Test func readsAsPeopleWriteIt() {
        #expect("\(Shape([28, 28, 1]))" == "28×28×1")
        #expect("\(Shape([10]))" == "10")
        #expect("\(Shape([]))" == "scalar")
    }

    @Test func equalAxesMakeEqualShapes() {
        #expect(Shape([2, 3]) == [2, 3])
        #expect(Shape([2, 3]) != [3, 2])
        #expect(Set([Shape([2, 3]), [2, 3], [6]]).count == 2)
    }

    @Test func isAPlainArrayInJSON() throws {
        let json = try JSONEncoder().encode([Shape([28, 28, 1])])
        #expect(String(decoding: json, as: UTF8.self) == "[[28,28,1]]")
        #expect(try JSONDecoder().decode([Shape].self, from: json) == [[28, 28, 1]])
    }
}
