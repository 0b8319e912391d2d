// Sums and affine maps per channel, over the rows of [rows, channels]. A panel of channels, a cache line of a row, goes
// through a block of rows with what belongs to its channels in registers; then the next panel does, so that the rows are
// read nearly in order.
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
    long rows, stride, channels;
    const float *x, *dy, *centre, *gate_scale, *gate_shift; // what the terms need
    float *first, *second;                                  // the sums
} channel_sum;

INLINE void add_terms(channel_terms terms, const channel_sum *p, long at, long n, vec centre, affine_map gate,
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

// Adds the rows from r to end. `vectors` vectors of channels from c on: one with n lanes, or several that are whole.
INLINE void sum_block(channel_terms terms, const channel_sum *p, int vectors, long r, long end, long c, long n) {
    // Rows that are added side by side: two, to keep rounding small and more additions in flight, if the registers
    // suffice.
    const int rows = terms == GATED_GRADIENTS && PANEL_VECTORS > 1 ? 1 : 2;
    vec sums[2][PANEL_VECTORS][2] = {}, centre[PANEL_VECTORS] = {};
    affine_map gate[PANEL_VECTORS] = {};
    UNROLL for (int v = 0; v < vectors; v++) {
        long at = c + v * DIGITS_WIDTH;
        if (terms != VALUES) centre[v] = load_n(p->centre + at, n);
        if (terms == GATED_GRADIENTS) gate[v] = load_map(p->gate_scale + at, p->gate_shift + at, n);
    }
    for (; r + rows <= end; r += rows)
        UNROLL for (int i = 0; i < rows; i++) UNROLL for (int v = 0; v < vectors; v++)
            add_terms(terms, p, (r + i) * p->stride + c + v * DIGITS_WIDTH, n, centre[v], gate[v], sums[i][v]);
    if (r < end)
        UNROLL for (int v = 0; v < vectors; v++)
            add_terms(terms, p, r * p->stride + c + v * DIGITS_WIDTH, n, centre[v], gate[v], sums[0][v]);
    UNROLL for (int v = 0; v < vectors; v++) UNROLL for (int i = 0; i < (terms == VALUES ? 1 : 2); i++) {
        float *total = (i == 0 ? p->first : p->second) + c + v * DIGITS_WIDTH;
        store_n(total, n, load_n(total, n) + (sums[0][v][i] + sums[1][v][i]));
    }
}

INLINE void sum_channels(channel_terms terms, const channel_sum *p) {
    for (long c = 0; c < p->channels; c++) {
        p->first[c] = 0;
        if (terms != VALUES) p->second[c] = 0;
    }
    for (long r = 0; r < p->rows; r += CHANNEL_BLOCK_ROWS) {
        long end = r + CHANNEL_BLOCK_ROWS < p->rows ? r + CHANNEL_BLOCK_ROWS : p->rows, c = 0;
        for (; c + DIGITS_PANEL <= p->channels; c += DIGITS_PANEL)
            sum_block(terms, p, PANEL_VECTORS, r, end, c, DIGITS_WIDTH);
        for (; c < p->channels; c += DIGITS_WIDTH) sum_block(terms, p, 1, r, end, c, p->channels - c);
    }
}

static void DIGITS_NAME(channel_sums)(long rows, long stride, long channels, const float *x, float *sums) {
    const channel_sum p = {.rows = rows, .stride = stride, .channels = channels, .x = x, .first = sums};
    sum_channels(VALUES, &p);
}

static void DIGITS_NAME(channel_moments)(long rows, long stride, long channels, const float *x, const float *centre,
                                         float *sums, float *squares) {
    const channel_sum p = {.rows = rows, .stride = stride, .channels = channels, .x = x, .centre = centre,
                           .first = sums, .second = squares};
    sum_channels(DEVIATIONS, &p);
}

static void DIGITS_NAME(channel_gradients)(long rows, long stride, long channels, const float *dy, const float *x,
                                           const float *centre, const float *gate_scale, const float *gate_shift,
                                           float *sums, float *products) {
    const channel_sum p = {.rows = rows, .stride = stride, .channels = channels, .x = x, .dy = dy, .centre = centre,
                           .gate_scale = gate_scale, .gate_shift = gate_shift, .first = sums, .second = products};
    if (gate_shift)
        sum_channels(GATED_GRADIENTS, &p);
    else
        sum_channels(GRADIENTS, &p);
}

// y = x * scale + shift, rectified or not, or with u * scale_u in addition.
typedef enum { AFFINE, RECTIFIED, PAIR, GATED_PAIR } channel_map_kind;

typedef struct {
    long rows, stride, channels;
    const float *x, *scale, *shift, *u, *scale_u, *gate_shift; // what the kind needs
    float *y;
} channel_map;

INLINE void map_block(channel_map_kind kind, const channel_map *p, int vectors, long r, long end, long c, long n) {
    affine_map map[PANEL_VECTORS], gate[PANEL_VECTORS] = {}; // scale_u is the gate's scale
    UNROLL for (int v = 0; v < vectors; v++) {
        long at = c + v * DIGITS_WIDTH;
        map[v] = load_map(p->scale + at, p->shift + at, n);
        if (kind == PAIR || kind == GATED_PAIR) gate[v].scale = load_n(p->scale_u + at, n);
        if (kind == GATED_PAIR) gate[v].shift = load_n(p->gate_shift + at, n);
    }
    for (; r < end; r++)
        UNROLL for (int v = 0; v < vectors; v++) {
            long at = r * p->stride + c + v * DIGITS_WIDTH;
            vec x = load_n(p->x + at, n), y = apply(map[v], x);
            if (kind == RECTIFIED) y = rectify(y);
            if (kind == PAIR) y = fma_(load_n(p->u + at, n), gate[v].scale, y);
            if (kind == GATED_PAIR) y = fma_(gated(load_n(p->u + at, n), gate[v], x), gate[v].scale, y);
            store_n(p->y + at, n, y);
        }
}

INLINE void map_channels(channel_map_kind kind, const channel_map *p) {
    for (long r = 0; r < p->rows; r += CHANNEL_BLOCK_ROWS) {
        long end = r + CHANNEL_BLOCK_ROWS < p->rows ? r + CHANNEL_BLOCK_ROWS : p->rows, c = 0;
        for (; c + DIGITS_PANEL <= p->channels; c += DIGITS_PANEL)
            map_block(kind, p, PANEL_VECTORS, r, end, c, DIGITS_WIDTH);
        for (; c < p->channels; c += DIGITS_WIDTH) map_block(kind, p, 1, r, end, c, p->channels - c);
    }
}

static void DIGITS_NAME(channel_affine)(long rows, long stride, long channels, const float *x, const float *scale,
                                        const float *shift, int32_t relu, float *y) {
    const channel_map p = {
        .rows = rows, .stride = stride, .channels = channels, .x = x, .scale = scale, .shift = shift, .y = y};
    if (relu)
        map_channels(RECTIFIED, &p);
    else
        map_channels(AFFINE, &p);
}

static void DIGITS_NAME(channel_affine_pair)(long rows, long stride, long channels, const float *u, const float *v,
                                             const float *scale_u, const float *scale_v, const float *shift,
                                             const float *gate_shift, float *y) {
    const channel_map p = {.rows = rows, .stride = stride, .channels = channels, .x = v, .scale = scale_v,
                           .shift = shift, .u = u, .scale_u = scale_u, .gate_shift = gate_shift, .y = y};
    if (gate_shift)
        map_channels(GATED_PAIR, &p);
    else
        map_channels(PAIR, &p);
}
