// Many small products of matrices: of each, a block of rows × one panel of columns stays in registers while the depth is
// walked.

INLINE void batch_block(int rows, long r0, long depth, const float *a, const float *panel, float *result) {
    a += r0 * depth;
    result += r0 * DIGITS_PANEL;
    vec sums[MOST_ROWS][PANEL_VECTORS];
    // Begun with products: clearing the sums first takes as long as three steps of the depth.
    UNROLL for (int r = 0; r < rows; r++)
        UNROLL for (int v = 0; v < PANEL_VECTORS; v++)
            sums[r][v] = broadcast(a[r * depth]) * load(panel + v * DIGITS_WIDTH);
    for (long k = 1; k < depth; k++)
        UNROLL for (int r = 0; r < rows; r++) {
            vec factor = broadcast(a[r * depth + k]);
            UNROLL for (int v = 0; v < PANEL_VECTORS; v++)
                sums[r][v] = fma_(factor, load(panel + k * DIGITS_PANEL + v * DIGITS_WIDTH), sums[r][v]);
        }
    UNROLL for (int r = 0; r < rows; r++)
        UNROLL for (int v = 0; v < PANEL_VECTORS; v++) store(result + r * DIGITS_PANEL + v * DIGITS_WIDTH, sums[r][v]);
}

static void DIGITS_NAME(batch_gemm)(const digits_batch_gemm *arguments) {
    const digits_batch_gemm p = *arguments; // a local copy, which no store can change
    for (long i = 0; i < p.count; i++) {
        const float *panel = p.panels + i * p.depth * DIGITS_PANEL, *a = p.a + i * p.a_stride;
        float *result = p.result + i * p.result_stride;
        FOR_ROW_BLOCKS(p.rows, batch_block, p.depth, a, panel, result);
    }
}

// Sums of outer products of rows of a and of b.
INLINE void batch_outer_block(int rows, long r0, int whole, const digits_batch_outer_gemm *p, const float *a,
                              const float *b, float *result) {
    a += r0;
    result += r0 * DIGITS_PANEL;
    vec sums[MOST_ROWS][PANEL_VECTORS], line[PANEL_VECTORS];
    load_line(whole, b, p->columns, line);
    if (p->begins) {
        UNROLL for (int r = 0; r < rows; r++)
            UNROLL for (int v = 0; v < PANEL_VECTORS; v++) sums[r][v] = broadcast(a[r]) * line[v];
    } else {
        UNROLL for (int r = 0; r < rows; r++)
            UNROLL for (int v = 0; v < PANEL_VECTORS; v++)
                sums[r][v] = fma_(broadcast(a[r]), line[v], load(result + r * DIGITS_PANEL + v * DIGITS_WIDTH));
    }
    for (long k = 1; k < p->depth; k++) {
        a += p->rows;
        b += p->b_stride;
        load_line(whole, b, p->columns, line);
        UNROLL for (int r = 0; r < rows; r++) {
            vec factor = broadcast(a[r]);
            UNROLL for (int v = 0; v < PANEL_VECTORS; v++) sums[r][v] = fma_(factor, line[v], sums[r][v]);
        }
    }
    UNROLL for (int r = 0; r < rows; r++)
        UNROLL for (int v = 0; v < PANEL_VECTORS; v++) {
            long n = whole ? DIGITS_WIDTH : p->columns - v * DIGITS_WIDTH;
            if (n > 0) store_n(result + r * DIGITS_PANEL + v * DIGITS_WIDTH, n, sums[r][v]);
        }
}

INLINE void batch_outer_rows(int whole, const digits_batch_outer_gemm *p) {
    for (long i = 0; i < p->count; i++) {
        const float *a = p->a + i * p->a_stride, *b = p->b + i * p->b_batch_stride;
        float *result = p->result + i * p->rows * DIGITS_PANEL;
        FOR_ROW_BLOCKS(p->rows, batch_outer_block, whole, p, a, b, result);
    }
}

static void DIGITS_NAME(batch_outer_gemm)(const digits_batch_outer_gemm *arguments) {
    const digits_batch_outer_gemm p = *arguments; // a local copy, which no store can change
    if (p.columns == DIGITS_PANEL)
        batch_outer_rows(1, &p);
    else
        batch_outer_rows(0, &p);
}
