// Sums of outer products: a block of rows × one panel of columns stays in registers while the depth is walked.

INLINE void outer_block(int rows, long r0, const digits_outer_gemm *p, int whole) {
    long offsets[MOST_ROWS];
    UNROLL for (int r = 0; r < rows; r++) offsets[r] = p->row_offsets ? p->row_offsets[r0 + r] : r0 + r;
    vec sums[MOST_ROWS][PANEL_VECTORS];
    float *result = p->result + r0 * p->result_stride;
    UNROLL for (int r = 0; r < rows; r++)
        UNROLL for (int v = 0; v < PANEL_VECTORS; v++) {
            long n = whole ? DIGITS_WIDTH : p->columns - v * DIGITS_WIDTH;
            sums[r][v] = p->begins || n <= 0 ? (vec){} : load_n(result + r * p->result_stride + v * DIGITS_WIDTH, n);
        }
    for (long k = 0; k < p->depth; k++) {
        const float *a = p->a + p->a_offsets[k], *b = p->b + k * p->b_stride;
        vec line[PANEL_VECTORS];
        load_line(whole, b, p->columns, line);
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

static void DIGITS_NAME(outer_gemm)(const digits_outer_gemm *arguments) {
    const digits_outer_gemm p = *arguments; // a local copy, which no store can change
    if (p.columns == DIGITS_PANEL)
        FOR_ROW_BLOCKS(p.rows, outer_block, &p, 1);
    else
        FOR_ROW_BLOCKS(p.rows, outer_block, &p, 0);
}
