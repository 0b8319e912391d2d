// Contractions with gathered rows: a block of rows × one panel of DIGITS_PANEL columns stays in registers while the
// depth is walked; each step broadcasts one float a row and multiplies it with the panel's columns.
//
// Packed weights: [panel][k][DIGITS_PANEL]
//   panel 0: k=0: w(0,0) w(1,0) … w(15,0) | k=1: w(0,1) w(1,1) … | …

#define PANEL_VECTORS (DIGITS_PANEL / DIGITS_WIDTH)
#define BLOCK_ROWS (DIGITS_ACCUMULATORS / PANEL_VECTORS)
#define MOST_ROWS (BLOCK_ROWS > 4 ? BLOCK_ROWS : 4)

// Calls block(rows, first row, ...) for all of `count` rows, as many at a time as registers hold; `rows` is a constant in
// each call.
#define FOR_ROW_BLOCKS(count, block, ...)                                                                     \
    do {                                                                                                      \
        long r_ = 0, count_ = (count);                                                                        \
        for (; r_ + BLOCK_ROWS <= count_; r_ += BLOCK_ROWS) block(BLOCK_ROWS, r_, __VA_ARGS__);               \
        if (BLOCK_ROWS > 4)                                                                                   \
            for (; r_ + 4 <= count_; r_ += 4) block(4, r_, __VA_ARGS__);                                      \
        if (count_ - r_ == 3) block(3, r_, __VA_ARGS__);                                                      \
        if (count_ - r_ == 2) block(2, r_, __VA_ARGS__);                                                      \
        if (count_ - r_ == 1) block(1, r_, __VA_ARGS__);                                                      \
    } while (0)

// One line of a panel; columns from `columns` on are 0.
INLINE void load_line(int whole, const float *b, long columns, vec *line) {
    UNROLL for (int v = 0; v < PANEL_VECTORS; v++) {
        long n = whole ? DIGITS_WIDTH : columns - v * DIGITS_WIDTH;
        line[v] = n > 0 ? load_n(b + v * DIGITS_WIDTH, n) : (vec){};
    }
}

// Rows of four floats to columns of four.
INLINE void transpose_four(const float *rows, long row_stride, float *columns, long column_stride) {
    typedef float four __attribute__((vector_size(16)));
    four r[4], pairs[4];
    UNROLL for (int i = 0; i < 4; i++) __builtin_memcpy(&r[i], rows + i * row_stride, sizeof(four));
    UNROLL for (int i = 0; i < 2; i++) {
        pairs[i] = __builtin_shufflevector(r[2 * i], r[2 * i + 1], 0, 4, 1, 5);
        pairs[2 + i] = __builtin_shufflevector(r[2 * i], r[2 * i + 1], 2, 6, 3, 7);
    }
    UNROLL for (int i = 0; i < 2; i++) {
        r[2 * i] = __builtin_shufflevector(pairs[2 * i], pairs[2 * i + 1], 0, 1, 4, 5);
        r[2 * i + 1] = __builtin_shufflevector(pairs[2 * i], pairs[2 * i + 1], 2, 3, 6, 7);
    }
    UNROLL for (int i = 0; i < 4; i++) __builtin_memcpy(columns + i * column_stride, &r[i], sizeof(four));
}

// Both directions go by 16 of the depth, a cache line of weights: where the columns' lines share sets of the cache (a depth
// of 1,024), they would be evicted before the next four of the depth.
static void DIGITS_NAME(pack_panels)(long columns, long depth, const float *weights, float *panels) {
    for (long first = 0; first < columns; first += DIGITS_PANEL, panels += depth * DIGITS_PANEL) {
        const float *rows = weights + first * depth;
        long width = columns - first < DIGITS_PANEL ? columns - first : DIGITS_PANEL;
        long fours = width / 4 * 4, deep = depth / 4 * 4;
        for (long k0 = 0; k0 < deep; k0 += 16)
            for (long l = 0; l < fours; l += 4)
                for (long k = k0; k < deep && k < k0 + 16; k += 4)
                    transpose_four(rows + l * depth + k, depth, panels + k * DIGITS_PANEL + l, DIGITS_PANEL);
        for (long k = 0; k < depth; k++)
            for (long l = k < deep ? fours : 0; l < DIGITS_PANEL; l++)
                panels[k * DIGITS_PANEL + l] = l < width ? rows[l * depth + k] : 0;
    }
}

static void DIGITS_NAME(unpack_panel)(long columns, long depth, const float *panel, float *weights, long stride) {
    long fours = columns / 4 * 4, deep = depth / 4 * 4;
    for (long k0 = 0; k0 < deep; k0 += 16)
        for (long l = 0; l < fours; l += 4)
            for (long k = k0; k < deep && k < k0 + 16; k += 4)
                transpose_four(panel + k * DIGITS_PANEL + l, DIGITS_PANEL, weights + l * stride + k, stride);
    for (long k = 0; k < depth; k++)
        for (long l = k < deep ? fours : 0; l < columns; l++) weights[l * stride + k] = panel[k * DIGITS_PANEL + l];
}

// The bias of the panel that begins with column o0, 0 where there is none.
INLINE void load_bias(const digits_gather_gemm *p, long o0, vec bias[PANEL_VECTORS]) {
    UNROLL for (int v = 0; v < PANEL_VECTORS; v++) {
        long n = p->columns - o0 - v * DIGITS_WIDTH;
        bias[v] = p->bias && n > 0 ? load_n(p->bias + o0 + v * DIGITS_WIDTH, n) : (vec){};
    }
}

// sums[r][v] = bias + a(r, ·) · panel, for `rows` rows that start at source + offsets[r].
INLINE void contract(int rows, const digits_gather_gemm *p, const float *panel, const long *offsets, const vec *bias,
                     vec sums[][PANEL_VECTORS]) {
    UNROLL for (int r = 0; r < rows; r++)
        UNROLL for (int v = 0; v < PANEL_VECTORS; v++) sums[r][v] = bias[v];
    for (long i = 0; i < p->runs; i++) {
        const float *row[MOST_ROWS];
        UNROLL for (int r = 0; r < rows; r++) row[r] = p->source + offsets[r] + p->run_offsets[i];
        for (long k = 0; k < p->run_length; k++, panel += DIGITS_PANEL) {
            vec w[PANEL_VECTORS];
            UNROLL for (int v = 0; v < PANEL_VECTORS; v++) w[v] = load(panel + v * DIGITS_WIDTH);
            UNROLL for (int r = 0; r < rows; r++) {
                vec a = broadcast(row[r][k]);
                UNROLL for (int v = 0; v < PANEL_VECTORS; v++) sums[r][v] = fma_(a, w[v], sums[r][v]);
            }
        }
    }
}

INLINE void gemm_block(int rows, long r0, const digits_gather_gemm *p, const float *panel, const vec *bias, long o0,
                       int whole) {
    long offsets[MOST_ROWS];
    UNROLL for (int r = 0; r < rows; r++) offsets[r] = p->row_offsets[r0 + r];
    vec sums[MOST_ROWS][PANEL_VECTORS];
    contract(rows, p, panel, offsets, bias, sums);
    float *result = p->result + r0 * p->result_stride + o0;
    UNROLL for (int r = 0; r < rows; r++)
        UNROLL for (int v = 0; v < PANEL_VECTORS; v++) {
            long n = whole ? DIGITS_WIDTH : p->columns - o0 - v * DIGITS_WIDTH;
            if (n > 0)
                store_n(result + r * p->result_stride + v * DIGITS_WIDTH, n,
                        p->relu ? rectify(sums[r][v]) : sums[r][v]);
        }
}

INLINE void gemm_rows(const digits_gather_gemm *p, const float *panel, long o0, int whole) {
    vec bias[PANEL_VECTORS];
    load_bias(p, o0, bias);
    FOR_ROW_BLOCKS(p->rows, gemm_block, p, panel, bias, o0, whole);
}

static void DIGITS_NAME(gather_gemm)(const digits_gather_gemm *arguments) {
    const digits_gather_gemm p = *arguments; // a local copy, which no store can change
    long depth = p.runs * p.run_length;
    const float *panel = p.panels;
    for (long o0 = 0; o0 < p.columns; o0 += DIGITS_PANEL, panel += depth * DIGITS_PANEL) {
        if (p.columns - o0 >= DIGITS_PANEL)
            gemm_rows(&p, panel, o0, 1);
        else
            gemm_rows(&p, panel, o0, 0);
    }
}

// One position of the pooled output: the four positions of its window are the rows of the block.
static void DIGITS_NAME(gather_gemm_pool)(const digits_gather_gemm_pool *arguments) {
    const digits_gather_gemm_pool q = *arguments;
    const digits_gather_gemm *p = &q.gemm;
    long depth = p->runs * p->run_length;
    const float *panel = p->panels;
    for (long o0 = 0; o0 < p->columns; o0 += DIGITS_PANEL, panel += depth * DIGITS_PANEL) {
        vec bias[PANEL_VECTORS];
        load_bias(p, o0, bias);
        for (long r = 0; r < p->rows; r++) {
            long offsets[4];
            UNROLL for (int w = 0; w < 4; w++) offsets[w] = p->row_offsets[r] + q.window_offsets[w];
            vec sums[4][PANEL_VECTORS];
            contract(4, p, panel, offsets, bias, sums);
            UNROLL for (int v = 0; v < PANEL_VECTORS; v++) {
                long n = p->columns - o0 - v * DIGITS_WIDTH, at = r * p->result_stride + o0 + v * DIGITS_WIDTH;
                if (n <= 0) break;
                vec best = sums[0][v];
                mask place = {};
                UNROLL for (int w = 1; w < 4; w++) keep_larger(sums[w][v], w, &best, &place);
                store_n(p->result + at, n, p->relu ? rectify(best) : best);
                store_bytes(q.route + at, n, place);
            }
        }
    }
}
