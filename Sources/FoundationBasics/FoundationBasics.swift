// What this package uses of Foundation. On Linux that is its core alone: all of Foundation would bring the tables of ICU,
// 30 MB, whose loading takes longer than a prediction.
#if canImport(FoundationEssentials)
    @_exported public import FoundationEssentials
#else
    @_exported public import Foundation
#endif
