// Pooling.

// The rows (or columns) of a window that lie inside the picture: [*first, *end), counted from the window's start.
static void inside(long output, long stride, long padding, long window, long extent, long *first, long *end) {
    long start = output * stride - padding;
    *first = start < 0 ? -start : 0;
    *end = start + window > extent ? extent - start : window;
}

static void digits_max_pool_reference(const digits_pooling *p, const float *x, float *y, uint16_t *route) {
    for (long oy = 0; oy < p->output_rows; oy++)
        for (long ox = 0; ox < p->output_columns; ox++)
            for (long c = 0; c < p->channels; c++) {
                long y0, y1, x0, x1;
                inside(oy, p->stride_rows, p->padding_top, p->window_rows, p->input_rows, &y0, &y1);
                inside(ox, p->stride_columns, p->padding_left, p->window_columns, p->input_columns, &x0, &x1);
                float best = -INFINITY;
                int place = (int)(y0 * p->window_columns + x0);
                for (long wy = y0; wy < y1; wy++)
                    for (long wx = x0; wx < x1; wx++) {
                        long iy = oy * p->stride_rows - p->padding_top + wy;
                        long ix = ox * p->stride_columns - p->padding_left + wx;
                        keep_larger(x[(iy * p->input_columns + ix) * p->channels + c],
                                    (int)(wy * p->window_columns + wx), &best, &place);
                    }
                long at = (oy * p->output_columns + ox) * p->channels + c;
                y[at] = best;
                route[at] = (uint16_t)place;
            }
}

static void digits_max_pool_backward_reference(const digits_pooling *p, const uint16_t *route, const float *dy,
                                               float *dx) {
    for (long oy = 0; oy < p->output_rows; oy++)
        for (long ox = 0; ox < p->output_columns; ox++)
            for (long c = 0; c < p->channels; c++) {
                long at = (oy * p->output_columns + ox) * p->channels + c;
                long iy = oy * p->stride_rows - p->padding_top + route[at] / p->window_columns;
                long ix = ox * p->stride_columns - p->padding_left + route[at] % p->window_columns;
                dx[(iy * p->input_columns + ix) * p->channels + c] += dy[at];
            }
}

static void digits_average_pool_reference(const digits_pooling *p, const float *x, float *y) {
    for (long oy = 0; oy < p->output_rows; oy++)
        for (long ox = 0; ox < p->output_columns; ox++)
            for (long c = 0; c < p->channels; c++) {
                long y0, y1, x0, x1;
                inside(oy, p->stride_rows, p->padding_top, p->window_rows, p->input_rows, &y0, &y1);
                inside(ox, p->stride_columns, p->padding_left, p->window_columns, p->input_columns, &x0, &x1);
                double sum = 0;
                for (long wy = y0; wy < y1; wy++)
                    for (long wx = x0; wx < x1; wx++) {
                        long iy = oy * p->stride_rows - p->padding_top + wy;
                        long ix = ox * p->stride_columns - p->padding_left + wx;
                        sum += x[(iy * p->input_columns + ix) * p->channels + c];
                    }
                y[(oy * p->output_columns + ox) * p->channels + c] = (float)(sum / (double)((y1 - y0) * (x1 - x0)));
            }
}

static void digits_average_pool_backward_reference(const digits_pooling *p, const float *dy, float *dx) {
    for (long oy = 0; oy < p->output_rows; oy++)
        for (long ox = 0; ox < p->output_columns; ox++)
            for (long c = 0; c < p->channels; c++) {
                long y0, y1, x0, x1;
                inside(oy, p->stride_rows, p->padding_top, p->window_rows, p->input_rows, &y0, &y1);
                inside(ox, p->stride_columns, p->padding_left, p->window_columns, p->input_columns, &x0, &x1);
                float share = dy[(oy * p->output_columns + ox) * p->channels + c] / (float)((y1 - y0) * (x1 - x0));
                for (long wy = y0; wy < y1; wy++)
                    for (long wx = x0; wx < x1; wx++) {
                        long iy = oy * p->stride_rows - p->padding_top + wy;
                        long ix = ox * p->stride_columns - p->padding_left + wx;
                        dx[(iy * p->input_columns + ix) * p->channels + c] += share;
                    }
            }
}
