// Sums and affine maps per channel, over the rows of [rows, channels]. A panel of channels, a cache line of a row, goes
// through all rows together, with what belongs to its channels in registers.

// Sums are taken in blocks of rows, and in a block over every other row, which keeps rounding small and more additions
// in flight.
#define CHANNEL_BLOCK_ROWS 64

// A vector of channels of y = x * scale + shift. As a gate it lets pass where y is above 0.
typedef struct {
    vec scale, shift;
} affine_map;

INLINE affine_map load_map(const float *scale, const float *shift, long n) {
    return (affine_map){load_n(scale, n), load_n(shift, n)};
}

INLINE vec apply(affine_map map, vec x) { return fma_(x, map.scale, map.shift); }

INLINE vec gated(vec gradient, affine_map gate, vec x) { return select_(apply(gate, x) > (vec){}, gradient, (vec){}); }

// The terms of a channel's sums: x; or t and t * (x - centre), where t is x - centre or a gradient.
typedef enum { VALUES, DEVIATIONS, GRADIENTS, GATED_GRADIENTS } channel_terms;

typedef struct {
    long rows, stride;
    const float *x, *dy, *centre, *gate_scale, *gate_shift; // what the terms need
    float *first, *second;                                  // the sums
} channel_reduction;

INLINE void add_terms(channel_terms terms, const channel_reduction *p, long at, long n, vec centre, affine_map gate,
                      vec sums[2]) {
    vec x = load_n(p->x + at, n), deviation = x - centre, term = deviation;
    if (terms == VALUES) {
        sums[0] += x;
        return;
    }
    if (terms != DEVIATIONS) term = load_n(p->dy + at, n);
    if (terms == GATED_GRADIENTS) term = gated(term, gate, x);
    sums[0] += term;
    sums[1] = fma_(term, deviation, sums[1]);
}

// `vectors` vectors of channels from c on: one with n lanes, or several that are whole.
INLINE void sum_channels(channel_terms terms, const channel_reduction *p, int vectors, long c, long n) {
    const int together = terms == GATED_GRADIENTS && PANEL_VECTORS > 1 ? 1 : 2;
    vec totals[PANEL_VECTORS][2] = {}, centre[PANEL_VECTORS] = {};
    affine_map gate[PANEL_VECTORS] = {};
    UNROLL for (int v = 0; v < vectors; v++) {
        long at = c + v * DIGITS_WIDTH;
        if (terms != VALUES) centre[v] = load_n(p->centre + at, n);
        if (terms == GATED_GRADIENTS) gate[v] = load_map(p->gate_scale + at, p->gate_shift + at, n);
    }
    for (long r0 = 0; r0 < p->rows; r0 += CHANNEL_BLOCK_ROWS) {
        vec sums[2][PANEL_VECTORS][2] = {};
        long end = r0 + CHANNEL_BLOCK_ROWS < p->rows ? r0 + CHANNEL_BLOCK_ROWS : p->rows, r = r0;
        for (; r + together <= end; r += together)
            UNROLL for (int i = 0; i < together; i++) UNROLL for (int v = 0; v < vectors; v++)
                add_terms(terms, p, (r + i) * p->stride + c + v * DIGITS_WIDTH, n, centre[v], gate[v], sums[i][v]);
        if (r < end)
            UNROLL for (int v = 0; v < vectors; v++)
                add_terms(terms, p, r * p->stride + c + v * DIGITS_WIDTH, n, centre[v], gate[v], sums[0][v]);
        UNROLL for (int v = 0; v < vectors; v++) UNROLL for (int i = 0; i < 2; i++)
            totals[v][i] += sums[0][v][i] + sums[1][v][i];
    }
    UNROLL for (int v = 0; v < vectors; v++) {
        store_n(p->first + c + v * DIGITS_WIDTH, n, totals[v][0]);
        if (terms != VALUES) store_n(p->second + c + v * DIGITS_WIDTH, n, totals[v][1]);
    }
}

INLINE void sum_all_channels(channel_terms terms, long channels, const channel_reduction *p) {
    long c = 0;
    for (; c + DIGITS_PANEL <= channels; c += DIGITS_PANEL) sum_channels(terms, p, PANEL_VECTORS, c, DIGITS_WIDTH);
    for (; c < channels; c += DIGITS_WIDTH) sum_channels(terms, p, 1, c, channels - c);
}

static void DIGITS_NAME(channel_sums)(long rows, long stride, long channels, const float *x, float *sums) {
    sum_all_channels(VALUES, channels, &(channel_reduction){.rows = rows, .stride = stride, .x = x, .first = sums});
}

static void DIGITS_NAME(channel_moments)(long rows, long stride, long channels, const float *x, const float *centre,
                                         float *sums, float *squares) {
    const channel_reduction p = {
        .rows = rows, .stride = stride, .x = x, .centre = centre, .first = sums, .second = squares};
    sum_all_channels(DEVIATIONS, channels, &p);
}

static void DIGITS_NAME(channel_gradients)(long rows, long stride, long channels, const float *dy, const float *x,
                                           const float *centre, const float *gate_scale, const float *gate_shift,
                                           float *sums, float *products) {
    const channel_reduction p = {.rows = rows, .stride = stride, .x = x, .dy = dy, .centre = centre,
                                 .gate_scale = gate_scale, .gate_shift = gate_shift, .first = sums, .second = products};
    if (gate_shift)
        sum_all_channels(GATED_GRADIENTS, channels, &p);
    else
        sum_all_channels(GRADIENTS, channels, &p);
}

INLINE void map_channels(int relu, int vectors, long rows, long stride, long c, long n, const float *x,
                         const float *scale, const float *shift, float *y) {
    affine_map map[PANEL_VECTORS];
    UNROLL for (int v = 0; v < vectors; v++)
        map[v] = load_map(scale + c + v * DIGITS_WIDTH, shift + c + v * DIGITS_WIDTH, n);
    for (long r = 0; r < rows; r++)
        UNROLL for (int v = 0; v < vectors; v++) {
            long at = r * stride + c + v * DIGITS_WIDTH;
            vec value = apply(map[v], load_n(x + at, n));
            store_n(y + at, n, relu ? rectify(value) : value);
        }
}

INLINE void map_all_channels(int relu, long rows, long stride, long channels, const float *x, const float *scale,
                             const float *shift, float *y) {
    long c = 0;
    for (; c + DIGITS_PANEL <= channels; c += DIGITS_PANEL)
        map_channels(relu, PANEL_VECTORS, rows, stride, c, DIGITS_WIDTH, x, scale, shift, y);
    for (; c < channels; c += DIGITS_WIDTH) map_channels(relu, 1, rows, stride, c, channels - c, x, scale, shift, y);
}

static void DIGITS_NAME(channel_affine)(long rows, long stride, long channels, const float *x, const float *scale,
                                        const float *shift, int32_t relu, float *y) {
    if (relu)
        map_all_channels(1, rows, stride, channels, x, scale, shift, y);
    else
        map_all_channels(0, rows, stride, channels, x, scale, shift, y);
}

typedef struct {
    long rows, stride;
    const float *u, *v, *scale_u, *scale_v, *shift, *gate_shift;
    float *y;
} channel_pair;

INLINE void pair_channels(int has_gate, const channel_pair *p, int vectors, long c, long n) {
    vec scale_u[PANEL_VECTORS], gate_shift[PANEL_VECTORS] = {};
    affine_map map[PANEL_VECTORS];
    UNROLL for (int i = 0; i < vectors; i++) {
        long at = c + i * DIGITS_WIDTH;
        scale_u[i] = load_n(p->scale_u + at, n);
        map[i] = load_map(p->scale_v + at, p->shift + at, n);
        if (has_gate) gate_shift[i] = load_n(p->gate_shift + at, n);
    }
    for (long r = 0; r < p->rows; r++)
        UNROLL for (int i = 0; i < vectors; i++) {
            long at = r * p->stride + c + i * DIGITS_WIDTH;
            vec u = load_n(p->u + at, n), v = load_n(p->v + at, n);
            if (has_gate) u = gated(u, (affine_map){scale_u[i], gate_shift[i]}, v);
            store_n(p->y + at, n, fma_(u, scale_u[i], apply(map[i], v)));
        }
}

INLINE void pair_all_channels(int has_gate, long channels, const channel_pair *p) {
    long c = 0;
    for (; c + DIGITS_PANEL <= channels; c += DIGITS_PANEL) pair_channels(has_gate, p, PANEL_VECTORS, c, DIGITS_WIDTH);
    for (; c < channels; c += DIGITS_WIDTH) pair_channels(has_gate, p, 1, c, channels - c);
}

static void DIGITS_NAME(channel_affine_pair)(long rows, long stride, long channels, const float *u, const float *v,
                                             const float *scale_u, const float *scale_v, const float *shift,
                                             const float *gate_shift, float *y) {
    const channel_pair p = {rows, stride, u, v, scale_u, scale_v, shift, gate_shift, y};
    if (gate_shift)
        pair_all_channels(1, channels, &p);
    else
        pair_all_channels(0, channels, &p);
}
