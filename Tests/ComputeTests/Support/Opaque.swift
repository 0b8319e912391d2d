/// A number that the optimiser must not know: it would divide while it compiles, when denormals are not flushed.
@inline(never) @_optimize(none)
func opaque(_ value: Float) -> Float { value }
