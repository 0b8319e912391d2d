// Sums and affine maps per channel, over the rows of [rows, channels].

// Sums are taken in blocks of rows, and in a block over every other row, which keeps rounding small and more additions
// in flight. A panel of channels, a cache line of a row, is summed together.
#define CHANNEL_BLOCK_ROWS 64

// What a row adds to one or two sums of a vector of channels: [0], and [1] where there are two.
typedef struct {
    const float *x, *y, *gate, *centre;
    int squares; // [0] is the square of the deviation
} channel_terms;

INLINE void add_terms(const channel_terms *t, int both, long at, long c, long n, vec sums[2]) {
    vec x = load_n(t->x + at, n);
    if (t->gate) x = select_(load_n(t->gate + at, n) > (vec){}, x, (vec){});
    if (t->squares) {
        vec deviation = x - load_n(t->centre + c, n);
        sums[0] = fma_(deviation, deviation, sums[0]);
    } else {
        sums[0] += x;
    }
    if (both) sums[1] = fma_(x, load_n(t->y + at, n) - load_n(t->centre + c, n), sums[1]);
}

// One vector of channels, or `vectors` of them that are whole.
INLINE void sum_channels(int vectors, int both, const channel_terms *t, long rows, long stride, long c, long n,
                         float *first, float *second) {
    vec totals[PANEL_VECTORS][2] = {};
    for (long r0 = 0; r0 < rows; r0 += CHANNEL_BLOCK_ROWS) {
        vec sums[2][PANEL_VECTORS][2] = {};
        long end = r0 + CHANNEL_BLOCK_ROWS < rows ? r0 + CHANNEL_BLOCK_ROWS : rows, r = r0;
        for (; r + 2 <= end; r += 2)
            UNROLL for (int v = 0; v < vectors; v++) UNROLL for (int half = 0; half < 2; half++)
                add_terms(t, both, (r + half) * stride + c + v * DIGITS_WIDTH, c + v * DIGITS_WIDTH, n, sums[half][v]);
        if (r < end)
            UNROLL for (int v = 0; v < vectors; v++)
                add_terms(t, both, r * stride + c + v * DIGITS_WIDTH, c + v * DIGITS_WIDTH, n, sums[0][v]);
        UNROLL for (int v = 0; v < vectors; v++) UNROLL for (int i = 0; i < 1 + both; i++)
            totals[v][i] += sums[0][v][i] + sums[1][v][i];
    }
    UNROLL for (int v = 0; v < vectors; v++) {
        store_n(first + c + v * DIGITS_WIDTH, n, totals[v][0]);
        if (both) store_n(second + c + v * DIGITS_WIDTH, n, totals[v][1]);
    }
}

INLINE void sum_all_channels(int both, const channel_terms *t, long rows, long stride, long channels, float *first,
                             float *second) {
    long c = 0;
    for (; c + DIGITS_PANEL <= channels; c += DIGITS_PANEL)
        sum_channels(PANEL_VECTORS, both, t, rows, stride, c, DIGITS_WIDTH, first, second);
    for (; c < channels; c += DIGITS_WIDTH)
        sum_channels(1, both, t, rows, stride, c, channels - c, first, second);
}

static void DIGITS_NAME(channel_sums)(long rows, long stride, long channels, const float *x, float *sums) {
    sum_all_channels(0, &(channel_terms){.x = x}, rows, stride, channels, sums, 0);
}

static void DIGITS_NAME(channel_squares)(long rows, long stride, long channels, const float *x, const float *centre,
                                         float *sums) {
    sum_all_channels(0, &(channel_terms){.x = x, .centre = centre, .squares = 1}, rows, stride, channels, sums, 0);
}

static void DIGITS_NAME(channel_gradients)(long rows, long stride, long channels, const float *gate, const float *dy,
                                           const float *x, const float *centre, float *sums, float *products) {
    const channel_terms terms = {.x = dy, .y = x, .gate = gate, .centre = centre};
    if (gate)
        sum_all_channels(1, &terms, rows, stride, channels, sums, products);
    else
        sum_all_channels(1, &(channel_terms){.x = dy, .y = x, .centre = centre}, rows, stride, channels, sums, products);
}

static void DIGITS_NAME(channel_affine)(long rows, long stride, long channels, const float *x, const float *scale,
                                        const float *shift, int32_t relu, float *y) {
    for (long r = 0; r < rows; r++)
        for (long c = 0; c < channels; c += DIGITS_WIDTH) {
            long n = channels - c, at = r * stride + c;
            vec value = fma_(load_n(x + at, n), load_n(scale + c, n), load_n(shift + c, n));
            store_n(y + at, n, relu ? rectify(value) : value);
        }
}

static void DIGITS_NAME(channel_affine_pair)(long rows, long stride, long channels, const float *gate, const float *u,
                                             const float *scale_u, const float *v, const float *scale_v,
                                             const float *shift, float *y) {
    for (long r = 0; r < rows; r++)
        for (long c = 0; c < channels; c += DIGITS_WIDTH) {
            long n = channels - c, at = r * stride + c;
            vec first = load_n(u + at, n);
            if (gate) first = select_(load_n(gate + at, n) > (vec){}, first, (vec){});
            vec second = fma_(load_n(v + at, n), load_n(scale_v + c, n), load_n(shift + c, n));
            store_n(y + at, n, fma_(first, load_n(scale_u + c, n), second));
        }
}
