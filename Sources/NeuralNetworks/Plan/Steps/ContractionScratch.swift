import Tensors

/// One thread's workspaces for one contraction.
final class ContractionScratch: Sendable {
    /// The items of accumulate_windows; used for the data gradient and for the weight gradient.
    let values: FloatBuffer
    let offsets: Workspace<Int32>
    let counts: Workspace<Int32>
    let channelStarts: Workspace<Int32>
    let positionStarts: Workspace<Int32>
    /// Where each output channel's gradient begins within its panel.
    let channelRows: Workspace<Int32>
    /// One image's input gradient in the windows' layout, where the input has not that layout itself.
    let windowGradient: FloatBuffer?
    /// Images whose lists are walked together.
    let chunk: Int

    /// Half of a common first-level data cache: what one chunk's block of the input may take.
    private static let chunkBytes = 16 * 1024

    init(
        geometry: ContractionGeometry, computesGradients: Bool,
        computesInputGradient: Bool,
        setting: PlanSetting
    ) {
        let channels = geometry.input.channels
        let blockBytes = max(1, geometry.blockSize * MemoryLayout<Float>.size)
        chunk = max(1, min(Self.chunkBytes / blockBytes, setting.capacity))
        let groups = geometry.positions * geometry.routes
        let outputs = geometry.output.channels
        let capacity = chunk * geometry.positions
        let items = computesGradients ? max(groups * outputs, Kernels.panelWidth * capacity) : 0
        values = FloatBuffer(count: items)
        offsets = Workspace(count: items, zero: 0)
        counts = Workspace(count: computesGradients ? max(groups, Kernels.panelWidth) : 0, zero: 0)
        channelStarts = Workspace(
            computesGradients ? (0..<groups).map { Int32($0 * outputs) } : [], zero: 0)
        positionStarts = Workspace((0..<Kernels.panelWidth).map { Int32($0 * capacity) }, zero: 0)
        channelRows = Workspace(
            (0..<Kernels.panelWidth).map { Int32($0 * geometry.taps * channels) }, zero: 0)
        windowGradient =
            computesInputGradient && !geometry.readsInputDirectly
            ? FloatBuffer(count: geometry.imageSize) : nil
    }
}
