// Pooling of any window, stride and padding; vector lanes are channels.

// One output position's window, cut off at the picture's edges.
typedef struct {
    long first_row, end_row, first_column, end_column; // within the window
    long corner;                                       // offset of the window's first element, maybe outside
} pooling_window;

INLINE pooling_window window_at(const digits_pooling *p, long oy, long ox) {
    long y = oy * p->stride_rows - p->padding_top, x = ox * p->stride_columns - p->padding_left;
    return (pooling_window){
        .first_row = y < 0 ? -y : 0,
        .end_row = y + p->window_rows > p->input_rows ? p->input_rows - y : p->window_rows,
        .first_column = x < 0 ? -x : 0,
        .end_column = x + p->window_columns > p->input_columns ? p->input_columns - x : p->window_columns,
        .corner = (y * p->input_columns + x) * p->channels,
    };
}

static void DIGITS_NAME(max_pool)(const digits_pooling *p, const float *x, float *y, uint16_t *route) {
    for (long oy = 0; oy < p->output_rows; oy++)
        for (long ox = 0; ox < p->output_columns; ox++) {
            pooling_window w = window_at(p, oy, ox);
            long out = (oy * p->output_columns + ox) * p->channels;
            for (long c = 0; c < p->channels; c += DIGITS_WIDTH) {
                long n = p->channels - c;
                vec best = broadcast(-__builtin_inff());
                mask place = (int)(w.first_row * p->window_columns + w.first_column) - (mask){};
                for (long wy = w.first_row; wy < w.end_row; wy++)
                    for (long wx = w.first_column; wx < w.end_column; wx++)
                        keep_larger(load_n(x + w.corner + (wy * p->input_columns + wx) * p->channels + c, n),
                                    (int)(wy * p->window_columns + wx), &best, &place);
                store_n(y + out + c, n, best);
                store_halves(route + out + c, n, place);
            }
        }
}

static void DIGITS_NAME(max_pool_backward)(const digits_pooling *p, const uint16_t *route, const float *dy,
                                           float *dx) {
    for (long oy = 0; oy < p->output_rows; oy++)
        for (long ox = 0; ox < p->output_columns; ox++) {
            long corner = window_at(p, oy, ox).corner, out = (oy * p->output_columns + ox) * p->channels;
            for (long c = 0; c < p->channels; c++) {
                long wy = route[out + c] / p->window_columns, wx = route[out + c] % p->window_columns;
                dx[corner + (wy * p->input_columns + wx) * p->channels + c] += dy[out + c];
            }
        }
}

static void DIGITS_NAME(average_pool)(const digits_pooling *p, const float *x, float *y) {
    for (long oy = 0; oy < p->output_rows; oy++)
        for (long ox = 0; ox < p->output_columns; ox++) {
            pooling_window w = window_at(p, oy, ox);
            long out = (oy * p->output_columns + ox) * p->channels;
            vec share = broadcast(1 / (float)((w.end_row - w.first_row) * (w.end_column - w.first_column)));
            for (long c = 0; c < p->channels; c += DIGITS_WIDTH) {
                long n = p->channels - c;
                vec sum = {};
                for (long wy = w.first_row; wy < w.end_row; wy++)
                    for (long wx = w.first_column; wx < w.end_column; wx++)
                        sum += load_n(x + w.corner + (wy * p->input_columns + wx) * p->channels + c, n);
                store_n(y + out + c, n, sum * share);
            }
        }
}

static void DIGITS_NAME(average_pool_backward)(const digits_pooling *p, const float *dy, float *dx) {
    for (long oy = 0; oy < p->output_rows; oy++)
        for (long ox = 0; ox < p->output_columns; ox++) {
            pooling_window w = window_at(p, oy, ox);
            long out = (oy * p->output_columns + ox) * p->channels;
            vec share = broadcast(1 / (float)((w.end_row - w.first_row) * (w.end_column - w.first_column)));
            for (long c = 0; c < p->channels; c += DIGITS_WIDTH) {
                long n = p->channels - c;
                vec part = load_n(dy + out + c, n) * share;
                for (long wy = w.first_row; wy < w.end_row; wy++)
                    for (long wx = w.first_column; wx < w.end_column; wx++) {
                        float *at = dx + w.corner + (wy * p->input_columns + wx) * p->channels + c;
                        store_n(at, n, load_n(at, n) + part);
                    }
            }
        }
}
