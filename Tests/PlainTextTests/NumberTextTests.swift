import PlainText
import Testing

@Suite struct NumberTextTests {
    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (-1000, "-1,000"), (81066, "81,066"),
        (1_234_567, "1,234,567"), (Int.min, "-9,223,372,036,854,775,808"),
    ])
    func thousandsAreGrouped(number: Int, text: String) {
        #expect(NumberText.grouped(number) == text)
    }

    @Test(arguments: [
        (0.0, 2, "0.00"), (0.005, 1, "0.0"), (0.25, 1, "0.3"), (-0.25, 1, "-0.3"), (-0.001, 2, "0.00"),
        (1.999, 2, "2.00"), (12.5, 0, "13"), (0.0421, 4, "0.0421"), (1e300, 2, "1e+300"),
        (.infinity, 2, "inf"), (-.infinity, 2, "-inf"), (.nan, 2, "nan"),
    ])
    func decimalsAreFixed(value: Double, decimals: Int, text: String) {
        #expect(NumberText.fixed(value, decimals: decimals) == text)
    }

    @Test func percentagesHaveTwoDecimals() {
        #expect(NumberText.percent(0.98512) == "98.51%")
        #expect(NumberText.percent(1) == "100.00%")
        #expect(NumberText.percent(0.5, decimals: 0) == "50%")
    }

    @Test(arguments: [
        (0.0, "0.00 s"), (9.99, "9.99 s"), (9.996, "10.0 s"), (59.94, "59.9 s"), (59.96, "1 min 00 s"),
        (125.0, "2 min 05 s"), (3599.6, "1 h 00 min"), (7380.0, "2 h 03 min"), (.infinity, "unknown"),
        (.nan, "unknown"),
    ])
    func durationsUseTheFittingUnit(seconds: Double, text: String) {
        #expect(NumberText.duration(seconds) == text)
    }

    @Test(arguments: [
        (0.0, "0:00"), (6.2, "0:07"), (125.0, "2:05"), (3725.0, "1:02:05"), (.infinity, "-:--"),
        (.nan, "-:--"), (-1, "-:--"),
    ])
    func remainingTimesLookLikeAClock(seconds: Double, text: String) {
        #expect(NumberText.clock(seconds) == text)
    }

    @Test(arguments: [
        (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 kB"), (999_949, "999.9 kB"),
        (999_950, "1.0 MB"), (47_040_016, "47.0 MB"), (3_200_000_000, "3.2 GB"),
        (5_000_000_000_000, "5.0 TB"),
    ])
    func sizesUseTheFittingUnit(count: Int, text: String) {
        #expect(NumberText.bytes(count) == text)
    }

    @Test(arguments: [
        (2.0, "2"), (-0.0, "-0"), (100, "100"), (0.1, "0.1"), (20.05, "20.05"), (1e16, "1e+16"),
        (.nan, "nan"),
    ])
    func plainNumbersEndInNoPointZero(value: Double, text: String) {
        #expect(NumberText.plain(value) == text)
        #expect(NumberText.plain("\(value)") == text)
    }

    @Test func plainNumbersHaveTheDigitsOfTheirPrecision() {
        #expect(NumberText.plain(Float(0.1)) == "0.1")
        #expect(NumberText.plain(Float(3)) == "3")
        #expect(NumberText.plain(30) == "30")
    }

    @Test(arguments: [
        (0, 1, "0"), (0, 4, "0000"), (10, 2, "0a"), (255, 2, "ff"), (0x1234, 2, "1234"), (7, 0, "7"),
        (UInt.max, 8, "ffffffffffffffff"),
    ])
    func hexadecimalDigitsAreFilledUp(number: UInt, digits: Int, text: String) {
        #expect(NumberText.hexadecimal(number, digits: digits) == text)
    }
}
