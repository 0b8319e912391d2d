// Lists of nonzero gradients, written without branches: every candidate is stored, and the count moves on only where
// it is alive. A dead one's place is overwritten by the next, or lies beyond the count.

static void DIGITS_NAME(list_channels)(const digits_list_channels *arguments) {
    const digits_list_channels p = *arguments; // a local copy, which no store can change
    for (long position = 0; position < p.positions; position++) {
        const float *gradient = p.gradient + position * p.columns;
        const uint8_t *route = p.routes == 1 ? 0 : p.route + position * p.columns;
        long first = position * p.routes;
        int32_t n[4] = {0};
        for (long o = 0; o < p.columns; o++) {
            long place = route ? route[o] : 0, at = (first + place) * p.columns + n[place];
            p.values[at] = gradient[o];
            p.offsets[at] = (int32_t)o * p.channel_stride;
            n[place] += gradient[o] != 0;
        }
        for (long place = 0; place < p.routes; place++) p.counts[first + place] = n[place];
    }
}

static void DIGITS_NAME(list_positions)(const digits_list_positions *arguments) {
    const digits_list_positions p = *arguments;
    for (long o0 = 0; o0 < p.columns; o0 += DIGITS_PANEL) {
        long width = p.columns - o0 < DIGITS_PANEL ? p.columns - o0 : DIGITS_PANEL;
        int32_t n[DIGITS_PANEL] = {0};
        for (long image = 0; image < p.images; image++)
            for (long position = 0; position < p.positions; position++) {
                long row = (image * p.positions + position) * p.stride + p.first + o0;
                const int32_t *offsets = p.position_offsets + position * p.routes;
                int32_t base = (int32_t)image * p.image_stride;
                for (long o = 0; o < width; o++) {
                    float g = p.gradient[row + o];
                    long at = (o0 + o) * p.capacity + n[o];
                    p.values[at] = g;
                    p.offsets[at] = base + offsets[p.routes == 1 ? 0 : p.route[row + o]];
                    n[o] += g != 0;
                }
            }
        for (long o = 0; o < width; o++) p.counts[o0 + o] = n[o];
    }
}
