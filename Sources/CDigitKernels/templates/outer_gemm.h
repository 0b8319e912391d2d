// Sums of outer products: a block of rows × one panel of columns stays in registers while the depth is walked.

INLINE void outer_block(int rows, const digits_outer_gemm *p, long r0, int whole) {
    long offsets[BLOCK_ROWS > 4 ? BLOCK_ROWS : 4];
    UNROLL for (int r = 0; r < rows; r++) offsets[r] = p->row_offsets ? p->row_offsets[r0 + r] : r0 + r;
    vec sums[BLOCK_ROWS > 4 ? BLOCK_ROWS : 4][PANEL_VECTORS];
    float *result = p->result + r0 * p->result_stride;
    UNROLL for (int r = 0; r < rows; r++)
        UNROLL for (int v = 0; v < PANEL_VECTORS; v++) {
            long n = whole ? DIGITS_WIDTH : p->columns - v * DIGITS_WIDTH;
            sums[r][v] = p->begins || n <= 0 ? (vec){} : load_n(result + r * p->result_stride + v * DIGITS_WIDTH, n);
        }
    for (long k = 0; k < p->depth; k++) {
        const float *a = p->a + p->a_offsets[k], *b = p->b + k * p->b_stride;
        vec line[PANEL_VECTORS];
        UNROLL for (int v = 0; v < PANEL_VECTORS; v++) {
            long n = p->columns - v * DIGITS_WIDTH;
            line[v] = whole ? load(b + v * DIGITS_WIDTH) : n > 0 ? load_n(b + v * DIGITS_WIDTH, n) : (vec){};
        }
        UNROLL for (int r = 0; r < rows; r++) {
            vec factor = broadcast(a[offsets[r]]);
            UNROLL for (int v = 0; v < PANEL_VECTORS; v++) sums[r][v] = fma_(factor, line[v], sums[r][v]);
        }
    }
    UNROLL for (int r = 0; r < rows; r++)
        UNROLL for (int v = 0; v < PANEL_VECTORS; v++) {
            long n = whole ? DIGITS_WIDTH : p->columns - v * DIGITS_WIDTH;
            if (n > 0) store_n(result + r * p->result_stride + v * DIGITS_WIDTH, n, sums[r][v]);
        }
}

INLINE void outer_rows(const digits_outer_gemm *p, int whole) {
    long r = 0;
    for (; r + BLOCK_ROWS <= p->rows; r += BLOCK_ROWS) outer_block(BLOCK_ROWS, p, r, whole);
    if (BLOCK_ROWS > 4)
        for (; r + 4 <= p->rows; r += 4) outer_block(4, p, r, whole);
    long rest = p->rows - r;
    if (rest == 3) outer_block(3, p, r, whole);
    if (rest == 2) outer_block(2, p, r, whole);
    if (rest == 1) outer_block(1, p, r, whole);
}

static void DIGITS_NAME(outer_gemm)(const digits_outer_gemm *arguments) {
    const digits_outer_gemm p = *arguments; // a local copy, which no store can change
    if (p.columns == DIGITS_PANEL)
        outer_rows(&p, 1);
    else
        outer_rows(&p, 0);
}
