import PlainText
import Testing

@Suite struct NaturalOrderTests {
    @Test(arguments: [
        ["scan2.png", "scan10.png"], ["scan.png", "scan1.png"], ["A.png", "b.png", "C.png"],
        ["a1b2", "a1b10", "a2b1"], ["07.png", "7.png", "8.png", "09.png"], ["", "a"], ["B", "b"],
        ["1", "18446744073709551616", "18446744073709551617"], ["é1", "é2", "é10"],
    ])
    func namesAreSortedAsPeopleCount(names: [String]) {
        #expect(NaturalOrder.sorted(names) == names)
        #expect(NaturalOrder.sorted(names.reversed()) == names)
    }
}
