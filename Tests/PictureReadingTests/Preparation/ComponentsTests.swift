import Imaging
import PictureReading
import Testing

@Suite struct ComponentsTests {
    @Test func diagonalNeighboursHangTogether() {
        let components = Components(
            of: Plane(
                """
                #...#.
                .#.#..
                ..#..#
                ......
                ##..+.
                """))
        #expect(components.all.map(\.count) == [5, 1, 2, 1])
        #expect(components.all.map(\.label) == [1, 2, 3, 4])
        #expect(
            components.all.map(\.box) == [
                PixelBox(top: 0, left: 0, bottom: 3, right: 5),
                PixelBox(top: 2, left: 5, bottom: 3, right: 6),
                PixelBox(top: 4, left: 0, bottom: 5, right: 2),
                PixelBox(top: 4, left: 4, bottom: 5, right: 5),
            ])
        #expect(components.all.map(\.peak) == [1, 1, 1, 0.5])
        #expect(components.labels[0] == 1 && components.labels[1] == 0)
    }

    /// Labels spread until nothing changes any more, one number for each pixel to begin with.
    private func flooded(_ plane: Plane, threshold: Float) -> [Int] {
        let (height, width) = (plane.height, plane.width)
        var labels = plane.values.indices.map { plane.values[$0] >= threshold ? $0 + 1 : 0 }
        var isChanged = true
        while isChanged {
            isChanged = false
            for place in labels.indices where labels[place] > 0 {
                for y in max(0, place / width - 1)...min(height - 1, place / width + 1) {
                    for x in max(0, place % width - 1)...min(width - 1, place % width + 1) {
                        let other = labels[y * width + x]
                        if other > 0, other < labels[place] {
                            labels[place] = other
                            isChanged = true
                        }
                    }
                }
            }
        }
        return labels
    }

    @Test(arguments: [(1, 1), (1, 30), (30, 1), (13, 17), (24, 24)])
    func theyAreThoseOfAFlood(height: Int, width: Int) {
        for (seed, threshold) in [Float(0.35), 0.6, 0.75, 0.9, 1.5].enumerated() {
            let plane = Plane.random(height: height, width: width, seed: UInt64(seed))
            let components = Components(of: plane, threshold: threshold)
            let flooded = flooded(plane, threshold: threshold)
            // In the order of their first pixels, which gave them their numbers.
            let numbers = Set(flooded).subtracting([0]).sorted()
            #expect(components.all.count == numbers.count)
            for (component, number) in zip(components.all, numbers) {
                let places = flooded.indices.filter { flooded[$0] == number }
                #expect(places.allSatisfy { components.labels[$0] == component.label })
                #expect(component.count == places.count)
                #expect(component.peak == places.map { plane.values[$0] }.max())
                let (rows, columns) = (places.map { $0 / width }, places.map { $0 % width })
                #expect(
                    component.box
                        == PixelBox(
                            top: rows.min()!, left: columns.min()!, bottom: rows.max()! + 1,
                            right: columns.max()! + 1))
            }
            #expect(components.labels.count { $0 == 0 } == flooded.count { $0 == 0 })
        }
    }

    @Test func anEmptyPlaneHasNone() {
        #expect(Components(of: Plane(height: 0, width: 0)).all.isEmpty)
        #expect(Components(of: Plane(height: 5, width: 5)).all.isEmpty)
    }
}
