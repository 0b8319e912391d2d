/// Numbers with decimal digits as the nearest binary ones.
enum DecimalNumber {
    /// Powers of ten that 64 bits hold.
    private static let powers: [UInt64] = (0..<20).reduce(into: []) { powers, _ in
        powers.append((powers.last.map { $0 * 10 }) ?? 1)
    }
    /// Powers of ten that are doubles.
    private static let doublePowers: [Double] = (0...22).reduce(into: []) { powers, _ in
        powers.append((powers.last.map { $0 * 10 }) ?? 1)
    }

    /// `mantissa * 10^exponent`, rounded to nearest, ties to even; nil where this way does not reach, for exponents beyond ±19 of
    /// mantissas beyond 2⁵³.
    ///
    /// Small ones are one exact operation (W. D. Clinger, How to Read Floating Point Numbers Accurately, PLDI 1990). For others one
    /// division or multiplication of 128 bits by 64 gives 64 bits of the result and whether anything is left, from which rounding
    /// follows exactly. Floats that other programs print as doubles have 17 digits and need it.
    static func double(_ mantissa: UInt64, exponent: Int) -> Double? {
        if mantissa <= 1 << 53, (-22...22).contains(exponent) {
            return exponent < 0
                ? Double(mantissa) / doublePowers[-exponent] : Double(mantissa) * doublePowers[exponent]
        }
        guard mantissa != 0 else { return 0 }
        guard (-19...19).contains(exponent) else { return nil }
        return exponent < 0
            ? quotient(mantissa, by: powers[-exponent]) : product(mantissa, by: powers[exponent])
    }

    private static func quotient(_ dividend: UInt64, by divisor: UInt64) -> Double {
        let (shift, divisorShift) = (dividend.leadingZeroBitCount, divisor.leadingZeroBitCount)
        let divisor = divisor << divisorShift
        var high = dividend << shift
        var low: UInt64 = 0
        // dividend / divisor = quotient * 2^power
        var power = divisorShift - shift - 64
        if high >= divisor {
            low = high << 63
            high >>= 1
            power += 1
        }
        let (quotient, remainder) = divisor.dividingFullWidth((high, low))
        // The dividend is at least half of the divisor, so the quotient's highest bit is set.
        return rounded(quotient, power: power, hasMore: remainder != 0)
    }

    private static func product(_ factor: UInt64, by power: UInt64) -> Double {
        let (high, low) = factor.multipliedFullWidth(by: power)
        guard high != 0 else {
            let zeros = low.leadingZeroBitCount
            return rounded(low << zeros, power: -zeros, hasMore: false)
        }
        let zeros = high.leadingZeroBitCount
        let top = zeros == 0 ? high : high << zeros | low >> (64 - zeros)
        return rounded(top, power: 64 - zeros, hasMore: low << zeros != 0)
    }

    /// `significand * 2^power` and a little more than that if `hasMore`; the significand's highest bit is set, and the result is a
    /// normal number.
    private static func rounded(_ significand: UInt64, power: Int, hasMore: Bool) -> Double {
        var kept = significand >> 11
        let rest = significand & 0x7FF
        if rest > 0x400 || rest == 0x400 && (hasMore || kept & 1 == 1) { kept += 1 }
        // A carry out of the 53 bits goes into the exponent, as it must.
        let exponent = UInt64(1023 + 63 + power)
        return Double(bitPattern: exponent << 52 &+ (kept &- 1 << 52))
    }
}
