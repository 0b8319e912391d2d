// Convolution of planes.

static long patch_offset(const digits_plane *p, long position) {
    return 2 * (position / p->columns * p->row_stride + position % p->columns);
}

static void digits_list_patches_reference(const digits_plane *p, int32_t *positions, int32_t *offsets,
                                          int32_t *count) {
    int32_t n = 0;
    for (long position = 0; position < p->rows * p->columns; position++) {
        const float *patch = p->plane + patch_offset(p, position);
        int blank = 1;
        for (long y = 0; y <= p->kernel_rows; y++)
            for (long x = 0; x <= p->kernel_columns; x++) blank &= patch[y * p->row_stride + x] == 0;
        if (blank) continue;
        positions[n] = (int32_t)position;
        offsets[n++] = (int32_t)patch_offset(p, position);
    }
    *count = n;
}

static void digits_plane_pool_reference(const digits_plane_pool *q) {
    const digits_plane *p = &q->plane;
    long taps = p->kernel_rows * p->kernel_columns, listed = 0;
    for (long position = 0; position < p->rows * p->columns; position++) {
        const float *patch = p->plane + patch_offset(p, position);
        int blank = listed == q->count || q->positions[listed] != position;
        listed += !blank;
        for (long o = 0; o < q->channels; o++) {
            const float *w = q->panels + (o / DIGITS_PANEL) * taps * DIGITS_PANEL + o % DIGITS_PANEL;
            float best = 0;
            int place = 0;
            for (int window = 0; window < 4; window++) {
                double sum = q->bias ? q->bias[o] : 0;
                for (long tap = 0; tap < taps; tap++) {
                    long y = tap / p->kernel_columns + window / 2, x = tap % p->kernel_columns + window % 2;
                    sum += (blank ? 0.0 : (double)patch[y * p->row_stride + x]) * w[tap * DIGITS_PANEL];
                }
                if (window == 0)
                    best = (float)sum;
                else
                    keep_larger((float)sum, window, &best, &place);
            }
            q->result[position * q->channels + o] = q->relu ? rectified(best) : best;
            q->route[position * q->channels + o] = (uint8_t)place;
        }
    }
}

static void digits_plane_weight_gradient_reference(const digits_plane_weight_gradient *q) {
    const digits_plane *p = &q->plane;
    long all = p->rows * p->columns;
    for (long o = 0; o < q->channels; o++)
        for (long y = 0; y < p->kernel_rows; y++)
            for (long x = 0; x < p->kernel_columns; x++) {
                double sum = 0;
                for (long image = 0; image < q->images; image++)
                    for (long n = 0; n < q->counts[image]; n++) {
                        long position = q->positions[image * all + n];
                        long at = (image * all + position) * q->stride + q->first + o;
                        long row = y + q->route[at] / 2, column = x + q->route[at] % 2;
                        long patch = image * q->image_stride + q->offsets[image * all + n];
                        sum += (double)q->gradient[at] * p->plane[patch + row * p->row_stride + column];
                    }
                q->result[(o * p->kernel_rows + y) * p->kernel_columns + x] = (float)sum;
            }
}
