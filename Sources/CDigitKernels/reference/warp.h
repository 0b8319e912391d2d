// Grey pictures seen through a smooth map of places.

static double clamped(double x, double low, double high) { return x > low ? (x < high ? x : high) : low; }

static void digits_warp_image_reference(const digits_warp *p) {
    for (long r = p->first_row; r < p->end_row; r++)
        for (long c = 0; c < p->columns; c++) {
            double x = p->x_place[0] * (double)c + p->x_place[1] * (double)r + p->x_place[2];
            double y = p->y_place[0] * (double)c + p->y_place[1] * (double)r + p->y_place[2];
            for (long i = 0; i < p->knots; i++)
                for (long j = 0; j < p->knots; j++) {
                    const float *line = p->displacements + i * 2 * DIGITS_WARP_KNOTS;
                    double weight = (double)p->row_weights[r * DIGITS_WARP_KNOTS + i] * p->column_weights[j * p->columns + c];
                    x += weight * line[j];
                    y += weight * line[DIGITS_WARP_KNOTS + j];
                }
            x = clamped(x, -1, (double)p->columns) + 1;
            y = clamped(y, -1, (double)p->rows) + 1;
            long left = (long)x, top = (long)y;
            const uint8_t *above = p->frame + top * (p->columns + 3) + left, *below = above + p->columns + 3;
            double part_x = x - (double)left, part_y = y - (double)top;
            double upper = above[0] * (1 - part_x) + above[1] * part_x;
            double lower = below[0] * (1 - part_x) + below[1] * part_x;
            double value = upper * (1 - part_y) + lower * part_y;
            if (p->noise) value = clamped(value + p->noise[r * p->columns + c], 0, 255);
            p->result[(r - p->first_row) * p->columns + c] = (float)(value * p->scale + p->shift);
        }
}

static void digits_thicken_image_reference(long rows, long columns, int32_t amount, const uint8_t *pixels,
                                             uint8_t *result) {
    static const long neighbours[4][2] = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
    int32_t share = amount < 0 ? -amount : amount;
    for (long y = 0; y < rows; y++)
        for (long x = 0; x < columns; x++) {
            int32_t pixel = pixels[y * columns + x], extreme = pixel;
            for (int n = 0; n < 4; n++) {
                long row = y + neighbours[n][0], column = x + neighbours[n][1];
                if (row < 0 || row >= rows || column < 0 || column >= columns) continue;
                int32_t other = pixels[row * columns + column];
                if (amount > 0 ? other > extreme : other < extreme) extreme = other;
            }
            result[y * columns + x] = (uint8_t)((pixel * (256 - share) + extreme * share + 128) / 256);
        }
}
