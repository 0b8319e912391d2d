// Sums of scaled windows. A rows × columns × vectors piece of the window stays in registers while a group's items are
// walked: one broadcast and as many multiply-adds as there are accumulators for each item.

// `vectors` vectors of the run from j on, of which the last has n floats.
INLINE void windows_piece(int rows, int columns, int vectors, const digits_accumulate_windows *arguments, long y,
                          long x, long j, long n) {
    const digits_accumulate_windows local = *arguments, *p = &local; // which no store can change
    const float *source = p->source + y * p->source_row + x * p->source_column + j;
    float *result = p->result + y * p->result_row + x * p->result_column + j;
    for (long g = 0; g < p->groups; g++) {
        long count = p->counts[g];
        if (count == 0 && !p->begins) continue;
        const float *values = p->values + p->starts[g];
        const int32_t *offsets = p->offsets + p->starts[g];
        vec sums[3][3][4];
        UNROLL for (int r = 0; r < rows; r++)
            UNROLL for (int c = 0; c < columns; c++)
                UNROLL for (int v = 0; v < vectors; v++) sums[r][c][v] = (vec){};
        for (long i = 0; i < count; i++) {
            vec value = broadcast(values[i]);
            const float *window = source + offsets[i];
            UNROLL for (int r = 0; r < rows; r++)
                UNROLL for (int c = 0; c < columns; c++)
                    UNROLL for (int v = 0; v < vectors; v++) {
                        const float *at = window + r * p->source_row + c * p->source_column + v * DIGITS_WIDTH;
                        sums[r][c][v] =
                            fma_(value, v < vectors - 1 ? load(at) : load_n(at, n), sums[r][c][v]);
                    }
        }
        float *window = result + p->result_offsets[g];
        UNROLL for (int r = 0; r < rows; r++)
            UNROLL for (int c = 0; c < columns; c++)
                UNROLL for (int v = 0; v < vectors; v++) {
                    float *at = window + r * p->result_row + c * p->result_column + v * DIGITS_WIDTH;
                    long lanes = v < vectors - 1 ? DIGITS_WIDTH : n;
                    store_n(at, lanes, p->begins ? sums[r][c][v] : load_n(at, lanes) + sums[r][c][v]);
                }
    }
}

// The rest of a run that is shorter than `vectors` vectors, in one walk.
INLINE void windows_rest(int rows, int columns, int vectors, const digits_accumulate_windows *p, long y, long x,
                         long j) {
    long rest = p->run - j;
    UNROLL for (int v = 1; v <= vectors; v++)
        if (rest == v * DIGITS_WIDTH && v < vectors)
            windows_piece(rows, columns, v, p, y, x, j, DIGITS_WIDTH);
        else if (rest > (v - 1) * DIGITS_WIDTH && rest < v * DIGITS_WIDTH)
            windows_piece(rows, columns, v, p, y, x, j, rest - (v - 1) * DIGITS_WIDTH);
}

// All of the run for one piece of the kernel's rows and columns, `vectors` vectors at a time.
#define WINDOWS_RUN(rows, columns, vectors)                                                                   \
    static __attribute__((noinline)) void DIGITS_NAME(windows_##rows##x##columns)(                            \
        const digits_accumulate_windows *p, long y, long x) {                                                 \
        long j = 0;                                                                                           \
        for (; j + vectors * DIGITS_WIDTH <= p->run; j += vectors * DIGITS_WIDTH)                             \
            windows_piece(rows, columns, vectors, p, y, x, j, DIGITS_WIDTH);                                  \
        windows_rest(rows, columns, vectors, p, y, x, j);                                                     \
    }
WINDOWS_RUN(1, 1, 4)
WINDOWS_RUN(1, 2, 4)
WINDOWS_RUN(1, 3, 4)
WINDOWS_RUN(2, 1, 4)
WINDOWS_RUN(2, 2, 2)
WINDOWS_RUN(2, 3, 2)
WINDOWS_RUN(3, 1, 4)
WINDOWS_RUN(3, 2, 2)
WINDOWS_RUN(3, 3, 1)
#undef WINDOWS_RUN

static void DIGITS_NAME(accumulate_windows)(const digits_accumulate_windows *p) {
    typedef void piece(const digits_accumulate_windows *, long, long);
    static piece *const pieces[3][3] = {
        {DIGITS_NAME(windows_1x1), DIGITS_NAME(windows_1x2), DIGITS_NAME(windows_1x3)},
        {DIGITS_NAME(windows_2x1), DIGITS_NAME(windows_2x2), DIGITS_NAME(windows_2x3)},
        {DIGITS_NAME(windows_3x1), DIGITS_NAME(windows_3x2), DIGITS_NAME(windows_3x3)},
    };
    for (long y = 0; y < p->kernel_rows; y += 3)
        for (long x = 0; x < p->kernel_columns; x += 3) {
            long rows = p->kernel_rows - y < 3 ? p->kernel_rows - y : 3;
            long columns = p->kernel_columns - x < 3 ? p->kernel_columns - x : 3;
            pieces[rows - 1][columns - 1](p, y, x);
        }
}
