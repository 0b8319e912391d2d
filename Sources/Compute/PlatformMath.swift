#if canImport(Darwin)
    public import Darwin
#elseif canImport(Musl)
    public import Musl
#else
    public import Glibc
#endif

// The functions of the platform's mathematical library, under the names of Swift Numerics. This is the only place that imports
// them. Libraries round the last bit differently: see Documentation/Numerics.md.

extension Double {
    /// eˣ.
    @inlinable package static func exp(_ x: Double) -> Double { libraryExp(x) }
    /// The natural logarithm.
    @inlinable package static func log(_ x: Double) -> Double { libraryLog(x) }
    /// The sine of an angle in radians.
    @inlinable package static func sin(_ x: Double) -> Double { librarySin(x) }
    /// The cosine of an angle in radians.
    @inlinable package static func cos(_ x: Double) -> Double { libraryCos(x) }
    /// The tangent of an angle in radians.
    @inlinable package static func tan(_ x: Double) -> Double { libraryTan(x) }
    /// The angle of a tangent, in radians.
    @inlinable package static func atan(_ x: Double) -> Double { libraryAtan(x) }
    /// xʸ.
    @inlinable package static func pow(_ x: Double, _ y: Double) -> Double { libraryPow(x, y) }
    /// 1 - erf(x): the share of a normal distribution beyond ±x√2 deviations.
    @inlinable package static func erfc(_ x: Double) -> Double { libraryErfc(x) }
    /// log |Γ(x)|.
    @inlinable package static func logGamma(_ x: Double) -> Double { lgamma(x).0 }
}

extension Float {
    /// eˣ.
    @inlinable package static func exp(_ x: Float) -> Float { expf(x) }
    /// The natural logarithm.
    @inlinable package static func log(_ x: Float) -> Float { logf(x) }
    /// The hyperbolic tangent.
    @inlinable package static func tanh(_ x: Float) -> Float { tanhf(x) }
    /// The sine of an angle in radians.
    @inlinable package static func sin(_ x: Float) -> Float { sinf(x) }
    /// The cosine of an angle in radians.
    @inlinable package static func cos(_ x: Float) -> Float { cosf(x) }
}

// Within the extensions the library's names are the members'.
@inlinable package func libraryExp(_ x: Double) -> Double { exp(x) }
@inlinable package func libraryLog(_ x: Double) -> Double { log(x) }
@inlinable package func librarySin(_ x: Double) -> Double { sin(x) }
@inlinable package func libraryCos(_ x: Double) -> Double { cos(x) }
@inlinable package func libraryTan(_ x: Double) -> Double { tan(x) }
@inlinable package func libraryAtan(_ x: Double) -> Double { atan(x) }
@inlinable package func libraryPow(_ x: Double, _ y: Double) -> Double { pow(x, y) }
@inlinable package func libraryErfc(_ x: Double) -> Double { erfc(x) }
