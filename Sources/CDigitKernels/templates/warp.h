// Grey pictures seen through a smooth map of places.

// The pixels [from, to) of a row; `above` and `below` are the rows next to it, or the row itself at the edges.
#define THICKEN_SPAN(better, left, right)                                                                      \
    for (long x = from; x < to; x++) {                                                                         \
        int16_t pixel = row[x], extreme = pixel;                                                               \
        int16_t others[4] = {above[x], below[x], row[x - (left)], row[x + (right)]};                           \
        UNROLL for (int i = 0; i < 4; i++) extreme = others[i] better extreme ? others[i] : extreme;           \
        result[x] = (uint8_t)((pixel * 256 + (extreme - pixel) * share + 128) >> 8);                           \
    }
INLINE void thicken_span(long from, long to, int32_t amount, long left, long right, const uint8_t *restrict above,
                         const uint8_t *restrict row, const uint8_t *restrict below, uint8_t *restrict result) {
    int32_t share = amount < 0 ? -amount : amount;
    if (amount > 0)
        THICKEN_SPAN(>, left, right)
    else
        THICKEN_SPAN(<, left, right)
}
#undef THICKEN_SPAN

static void DIGITS_NAME(thicken_image)(long rows, long columns, int32_t amount, const uint8_t *pixels,
                                         uint8_t *result) {
    for (long y = 0; y < rows; y++, pixels += columns, result += columns) {
        const uint8_t *above = y > 0 ? pixels - columns : pixels, *below = y + 1 < rows ? pixels + columns : pixels;
        long last = columns - 1;
        if (columns > 0) thicken_span(0, 1, amount, 0, last > 0, above, pixels, below, result);
        thicken_span(1, last, amount, 1, 1, above, pixels, below, result);
        if (last > 0) thicken_span(last, columns, amount, 1, 0, above, pixels, below, result);
    }
}

// Cut to low…high; what is not a number becomes low.
INLINE vec clamp(vec x, float low, float high) {
    vec least = broadcast(low), most = broadcast(high);
    x = select_(x > least, x, least);
    return select_(x < most, x, most);
}

static void DIGITS_NAME(warp_image)(const digits_warp *arguments) {
    const digits_warp local = *arguments, *p = &local; // which no store can change
    long stride = p->columns + 3;
    vec lanes;
    for (int l = 0; l < DIGITS_WIDTH; l++) lanes[l] = (float)l;
    for (long r = p->first_row; r < p->end_row; r++) {
        // The knots' displacements along this row: [x, y][DIGITS_WARP_KNOTS].
        float line[2 * DIGITS_WARP_KNOTS] = {0};
        for (long i = 0; i < p->knots; i++)
            for (int v = 0; v < 2 * DIGITS_WARP_KNOTS; v += DIGITS_WIDTH)
                store(line + v, fma_(broadcast(p->row_weights[r * DIGITS_WARP_KNOTS + i]),
                                     load(p->displacements + i * 2 * DIGITS_WARP_KNOTS + v), load(line + v)));
        float row_x = p->x_place[1] * (float)r + p->x_place[2], row_y = p->y_place[1] * (float)r + p->y_place[2];
        for (long c = 0; c < p->columns; c += DIGITS_WIDTH) {
            long n = p->columns - c;
            vec column = lanes + broadcast((float)c);
            vec x = fma_(column, broadcast(p->x_place[0]), broadcast(row_x));
            vec y = fma_(column, broadcast(p->y_place[0]), broadcast(row_y));
            for (long j = 0; j < p->knots; j++) {
                vec weight = load_n(p->column_weights + j * p->columns + c, n);
                x = fma_(weight, broadcast(line[j]), x);
                y = fma_(weight, broadcast(line[DIGITS_WARP_KNOTS + j]), y);
            }
            // Counted from the frame's first pixel, which is (-1, -1).
            x = clamp(x, -1, (float)p->columns) + broadcast(1);
            y = clamp(y, -1, (float)p->rows) + broadcast(1);
            mask left = __builtin_convertvector(x, mask), top = __builtin_convertvector(y, mask);
            mask above = gather_words(p->frame, top * (int32_t)stride + left);
            mask below = gather_words(p->frame + stride, top * (int32_t)stride + left);
            vec part_x = x - __builtin_convertvector(left, vec), part_y = y - __builtin_convertvector(top, vec);
            vec upper_left = __builtin_convertvector(above & 255, vec);
            vec upper_right = __builtin_convertvector((above >> 8) & 255, vec);
            vec lower_left = __builtin_convertvector(below & 255, vec);
            vec lower_right = __builtin_convertvector((below >> 8) & 255, vec);
            vec upper = fma_(part_x, upper_right - upper_left, upper_left);
            vec lower = fma_(part_x, lower_right - lower_left, lower_left);
            vec value = fma_(part_y, lower - upper, upper);
            if (p->noise) value = clamp(value + load_n(p->noise + r * p->columns + c, n), 0, 255);
            store_n(p->result + (r - p->first_row) * p->columns + c, n, fma_(value, broadcast(p->scale), broadcast(p->shift)));
        }
    }
}
