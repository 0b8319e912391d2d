extension RandomAccessCollection<Float> where Index == Int {
    /// The first of the largest elements; a NaN is never the largest. The start where there is no number at all.
    @inlinable package var argmax: Int {
        var best = startIndex
        for index in indices where self[index] > self[best] || (self[best].isNaN && !self[index].isNaN) {
            best = index
        }
        return best
    }
}
