// Convolution of planes (one channel) with 2×2 pooling. A position's patch of pixels serves all channels, so whatever
// depends on the patch alone is found once: above all, whether it is blank.

#define PLANE_SPAN 64 // pixels of a row that are looked at together: the bits of a word

// One bit for each of n <= 64 columns: whether one of `rows` pixels below each other is not 0.
INLINE uint64_t lit_columns(const float *pixels, long rows, long row_stride, long n) {
    uint64_t bits = 0;
    for (long x = 0; x < n; x += DIGITS_WIDTH) {
        mask lit = {};
        for (long y = 0; y < rows; y++) lit |= load_n(pixels + y * row_stride + x, n - x) != (vec){};
        bits |= lane_bits(lit) << x;
    }
    return bits;
}

static void DIGITS_NAME(list_patches)(const digits_plane *p, int32_t *positions, int32_t *offsets, int32_t *count) {
    int32_t n = 0;
    long side = p->kernel_columns + 1, at_once = (PLANE_SPAN - side) / 2 + 1;
    uint64_t patch = side >= 64 ? ~0ull : (1ull << side) - 1;
    for (long r = 0; r < p->rows; r++)
        for (long c0 = 0; c0 < p->columns; c0 += at_once) {
            long width = p->columns - c0 < at_once ? p->columns - c0 : at_once;
            long offset = 2 * (r * p->row_stride + c0);
            uint64_t lit = lit_columns(p->plane + offset, p->kernel_rows + 1, p->row_stride, 2 * (width - 1) + side);
            for (long c = 0; c < width; c++, lit >>= 2) {
                positions[n] = (int32_t)(r * p->columns + c0 + c); // stays if the patch counts
                offsets[n] = (int32_t)(offset + 2 * c);
                n += (lit & patch) != 0;
            }
        }
    *count = n;
}

// One patch and `vectors` vectors of channels: the four convolutions of the window stay in registers.
INLINE void patch_pool(int vectors, long columns, long n, const digits_plane_pool *q, const float *patch, long o,
                       float *result, uint8_t *route) {
    long rows = q->plane.kernel_rows, row_stride = q->plane.row_stride;
    const float *panel = q->panels + o * rows * columns, *bias = q->bias ? q->bias + o : 0;
    vec sums[4][PANEL_VECTORS];
    UNROLL for (int v = 0; v < vectors; v++) {
        long left = n - v * DIGITS_WIDTH;
        vec first = bias && left > 0 ? load_n(bias + v * DIGITS_WIDTH, left) : (vec){};
        UNROLL for (int w = 0; w < 4; w++) sums[w][v] = first;
    }
    // Unrolled further, this would have more values in flight than there are registers.
    _Pragma("clang loop unroll(disable)") for (long y = 0; y < rows; y++)
        for (long x = 0; x < columns; x++, panel += DIGITS_PANEL)
            UNROLL for (int w = 0; w < 4; w++) {
                vec pixel = broadcast(patch[(y + w / 2) * row_stride + x + w % 2]);
                UNROLL for (int v = 0; v < vectors; v++)
                    sums[w][v] = fma_(pixel, load(panel + v * DIGITS_WIDTH), sums[w][v]);
            }
    UNROLL for (int v = 0; v < vectors; v++) {
        long left = n - v * DIGITS_WIDTH;
        if (left <= 0) break;
        vec best = sums[0][v];
        mask place = {};
        UNROLL for (int w = 1; w < 4; w++) keep_larger(sums[w][v], w, &best, &place);
        store_n(result + o + v * DIGITS_WIDTH, left, q->relu ? rectify(best) : best);
        store_bytes(route + o + v * DIGITS_WIDTH, left, place);
    }
}

static void DIGITS_NAME(plane_pool)(const digits_plane_pool *arguments) {
    const digits_plane_pool local = *arguments, *q = &local; // which no store can change
    long count = q->plane.rows * q->plane.columns, columns = q->plane.kernel_columns, listed = 0, first_blank = -1;
    for (long position = 0; position < count; position++) {
        float *result = q->result + position * q->channels;
        uint8_t *route = q->route + position * q->channels;
        int is_listed = listed < q->count && q->positions[listed] == position;
        if (is_listed || first_blank < 0) {
            long row = position / q->plane.columns, column = position % q->plane.columns;
            long offset = is_listed ? q->offsets[listed] : 2 * (row * q->plane.row_stride + column);
            const float *patch = q->plane.plane + offset;
            for (long o = 0; o < q->channels; o += DIGITS_PANEL)
                if (q->channels - o <= DIGITS_WIDTH)
                    patch_pool(1, columns, q->channels - o, q, patch, o, result, route);
                else if (q->channels - o >= DIGITS_PANEL && columns == 3)
                    patch_pool(PANEL_VECTORS, 3, DIGITS_PANEL, q, patch, o, result, route);
                else
                    patch_pool(PANEL_VECTORS, columns, q->channels - o, q, patch, o, result, route);
        } else {
            __builtin_memcpy(result, q->result + first_blank * q->channels, sizeof(float) * (unsigned long)q->channels);
            __builtin_memcpy(route, q->route + first_blank * q->channels, (unsigned long)q->channels);
        }
        if (is_listed)
            listed++;
        else if (first_blank < 0)
            first_blank = position;
    }
}

// Adds one image's gradients of kernel elements [y0, y0 + rows) × [x0, x0 + columns) to the result, for n channels from
// o on. Each channel looks up the pixel that the kernel element met at the channel's place in the window.
INLINE void plane_gradient_piece(int rows, int columns, const digits_plane_weight_gradient *q, long image, long y0,
                                 long x0, long o, long n) {
    const digits_plane *p = &q->plane;
    const float *plane = p->plane + image * q->image_stride + y0 * p->row_stride + x0;
    long first = image * p->rows * p->columns, row_stride = p->row_stride, count = q->counts[image];
    const int32_t *positions = q->positions + first, *offsets = q->offsets + first;
    const float *gradients = q->gradient + first * q->stride + q->first + o;
    const uint8_t *routes = q->route + first * q->stride + q->first + o;
    vec sums[3][3];
    UNROLL for (int y = 0; y < rows; y++)
        UNROLL for (int x = 0; x < columns; x++) sums[y][x] = (vec){};
    for (long i = 0; i < count; i++) {
        vec gradient = load_n(gradients + positions[i] * q->stride, n);
        mask place = load_bytes(routes + positions[i] * q->stride, n);
        mask first = place + 2 * (place >> 1); // of two rows of four: places 0, 1, 2, 3 are elements 0, 1, 4, 5
        const float *patch = plane + offsets[i];
        UNROLL for (int y = 0; y < rows; y++)
            UNROLL for (int x = 0; x < columns; x++) {
                const float *row = patch + y * row_stride;
                sums[y][x] = fma_(gradient, lookup(row, row + row_stride, columns + 1, first + x), sums[y][x]);
            }
    }
    UNROLL for (int y = 0; y < rows; y++)
        UNROLL for (int x = 0; x < columns; x++) {
            float *result = q->result + (o * p->kernel_rows + y0 + y) * p->kernel_columns + x0 + x;
            for (long l = 0; l < n; l++) result[l * p->kernel_rows * p->kernel_columns] += sums[y][x][l];
        }
}

#define PLANE_GRADIENT(rows, columns)                                                                         \
    static __attribute__((noinline)) void DIGITS_NAME(plane_gradient_##rows##x##columns)(                     \
        const digits_plane_weight_gradient *arguments, long y, long x) {                                      \
        const digits_plane_weight_gradient local = *arguments, *q = &local; /* which no store can change */   \
        for (long image = 0; image < q->images; image++) {                                                    \
            long o = 0;                                                                                       \
            for (; o + DIGITS_WIDTH <= q->channels; o += DIGITS_WIDTH)                                        \
                plane_gradient_piece(rows, columns, q, image, y, x, o, DIGITS_WIDTH);                         \
            if (o < q->channels) plane_gradient_piece(rows, columns, q, image, y, x, o, q->channels - o);     \
        }                                                                                                     \
    }
PLANE_GRADIENT(1, 1)
PLANE_GRADIENT(1, 2)
PLANE_GRADIENT(1, 3)
PLANE_GRADIENT(2, 1)
PLANE_GRADIENT(2, 2)
PLANE_GRADIENT(2, 3)
PLANE_GRADIENT(3, 1)
PLANE_GRADIENT(3, 2)
PLANE_GRADIENT(3, 3)
#undef PLANE_GRADIENT

static void DIGITS_NAME(plane_weight_gradient)(const digits_plane_weight_gradient *q) {
    typedef void piece(const digits_plane_weight_gradient *, long, long);
    static piece *const pieces[3][3] = {
        {DIGITS_NAME(plane_gradient_1x1), DIGITS_NAME(plane_gradient_1x2), DIGITS_NAME(plane_gradient_1x3)},
        {DIGITS_NAME(plane_gradient_2x1), DIGITS_NAME(plane_gradient_2x2), DIGITS_NAME(plane_gradient_2x3)},
        {DIGITS_NAME(plane_gradient_3x1), DIGITS_NAME(plane_gradient_3x2), DIGITS_NAME(plane_gradient_3x3)},
    };
    long rows = q->plane.kernel_rows, columns = q->plane.kernel_columns;
    for (long i = 0; i < q->channels * rows * columns; i++) q->result[i] = 0;
    for (long y = 0; y < rows; y += 3)
        for (long x = 0; x < columns; x += 3)
            pieces[(rows - y < 3 ? rows - y : 3) - 1][(columns - x < 3 ? columns - x : 3) - 1](q, y, x);
}
