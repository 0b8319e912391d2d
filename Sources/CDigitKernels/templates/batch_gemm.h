// Many small products of matrices: of each, a block of rows × one panel of columns stays in registers while the depth is
// walked.

INLINE void batch_block(int rows, long depth, const float *a, const float *panel, float *result) {
    vec sums[BLOCK_ROWS > 4 ? BLOCK_ROWS : 4][PANEL_VECTORS];
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
        long r = 0;
        for (; r + BLOCK_ROWS <= p.rows; r += BLOCK_ROWS)
            batch_block(BLOCK_ROWS, p.depth, a + r * p.depth, panel, result + r * DIGITS_PANEL);
        if (BLOCK_ROWS > 4)
            for (; r + 4 <= p.rows; r += 4) batch_block(4, p.depth, a + r * p.depth, panel, result + r * DIGITS_PANEL);
        a += r * p.depth;
        result += r * DIGITS_PANEL;
        if (p.rows - r == 3) batch_block(3, p.depth, a, panel, result);
        if (p.rows - r == 2) batch_block(2, p.depth, a, panel, result);
        if (p.rows - r == 1) batch_block(1, p.depth, a, panel, result);
    }
}

// One line of a panel; columns from `columns` on are 0.
INLINE void load_line(int whole, const float *b, long columns, vec *line) {
    UNROLL for (int v = 0; v < PANEL_VECTORS; v++) {
        long n = whole ? DIGITS_WIDTH : columns - v * DIGITS_WIDTH;
        line[v] = n > 0 ? load_n(b + v * DIGITS_WIDTH, n) : (vec){};
    }
}

INLINE void batch_outer_block(int rows, int whole, const digits_batch_outer_gemm *p, const float *a, const float *b,
                              float *result) {
    vec sums[BLOCK_ROWS > 4 ? BLOCK_ROWS : 4][PANEL_VECTORS], line[PANEL_VECTORS];
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
        long r = 0;
        for (; r + BLOCK_ROWS <= p->rows; r += BLOCK_ROWS)
            batch_outer_block(BLOCK_ROWS, whole, p, a + r, b, result + r * DIGITS_PANEL);
        if (BLOCK_ROWS > 4)
            for (; r + 4 <= p->rows; r += 4) batch_outer_block(4, whole, p, a + r, b, result + r * DIGITS_PANEL);
        long rest = p->rows - r;
        if (rest == 3) batch_outer_block(3, whole, p, a + r, b, result + r * DIGITS_PANEL);
        if (rest == 2) batch_outer_block(2, whole, p, a + r, b, result + r * DIGITS_PANEL);
        if (rest == 1) batch_outer_block(1, whole, p, a + r, b, result + r * DIGITS_PANEL);
    }
}

static void DIGITS_NAME(batch_outer_gemm)(const digits_batch_outer_gemm *arguments) {
    const digits_batch_outer_gemm p = *arguments; // a local copy, which no store can change
    if (p.columns == DIGITS_PANEL)
        batch_outer_rows(1, &p);
    else
        batch_outer_rows(0, &p);
}
