// Winograd's F(2×2, 3×3): 16 multiplications where four outputs of a 3×3 kernel take 36.
// A. Lavin and S. Gray, "Fast Algorithms for Convolutional Neural Networks", 2015, arXiv:1509.09308.
//   Y = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A

// U = G g Gᵀ for every pair of channels; vector lanes are input channels.
static void DIGITS_NAME(winograd_weights)(long columns, long channels, const float *weights, float *panels) {
    long padded = (columns + DIGITS_PANEL - 1) / DIGITS_PANEL * DIGITS_PANEL;
    vec half = broadcast(0.5f);
    for (long o = 0; o < padded; o++) {
        float *panel = panels + o / DIGITS_PANEL * 16 * channels * DIGITS_PANEL + o % DIGITS_PANEL;
        for (long c = 0; c < channels; c += DIGITS_WIDTH) {
            long n = channels - c < DIGITS_WIDTH ? channels - c : DIGITS_WIDTH;
            vec rows[4][3], u[16];
            UNROLL for (int x = 0; x < 3; x++) {
                vec g[3];
                UNROLL for (int y = 0; y < 3; y++)
                    g[y] = o < columns ? load_n(weights + ((o * 3 + y) * 3 + x) * channels + c, n) : (vec){};
                vec even = (g[0] + g[2]) * half, odd = g[1] * half;
                rows[0][x] = g[0];
                rows[1][x] = even + odd;
                rows[2][x] = even - odd;
                rows[3][x] = g[2];
            }
            UNROLL for (int y = 0; y < 4; y++) {
                vec even = (rows[y][0] + rows[y][2]) * half, odd = rows[y][1] * half;
                u[4 * y] = rows[y][0];
                u[4 * y + 1] = even + odd;
                u[4 * y + 2] = even - odd;
                u[4 * y + 3] = rows[y][2];
            }
            UNROLL for (int point = 0; point < 16; point++)
                for (long l = 0; l < n; l++) panel[(point * channels + c + l) * DIGITS_PANEL] = u[point][l];
        }
    }
}

// V = Bᵀ d B for every tile; vector lanes are channels.
static void DIGITS_NAME(winograd_input)(const digits_winograd_input *p) {
    for (long t = 0; t < p->tiles; t++)
        for (long c = 0; c < p->channels; c += DIGITS_WIDTH) {
            long n = p->channels - c < DIGITS_WIDTH ? p->channels - c : DIGITS_WIDTH;
            const float *tile = p->source + p->tile_offsets[t] + c;
            float *out = p->transformed + t * p->tile_stride + c;
            vec d[4][4];
            UNROLL for (int y = 0; y < 4; y++) {
                vec x[4];
                UNROLL for (int i = 0; i < 4; i++) x[i] = load_n(tile + y * p->row_stride + i * p->pixel_stride, n);
                d[y][0] = x[0] - x[2];
                d[y][1] = x[1] + x[2];
                d[y][2] = x[2] - x[1];
                d[y][3] = x[1] - x[3];
            }
            UNROLL for (int x = 0; x < 4; x++) {
                store_n(out + x * p->point_stride, n, d[0][x] - d[2][x]);
                store_n(out + (4 + x) * p->point_stride, n, d[1][x] + d[2][x]);
                store_n(out + (8 + x) * p->point_stride, n, d[2][x] - d[1][x]);
                store_n(out + (12 + x) * p->point_stride, n, d[1][x] - d[3][x]);
            }
        }
}

// Y = Aᵀ M A, then the 2×2 window's maximum; vector lanes are output channels.
static void DIGITS_NAME(winograd_output_pool)(const digits_winograd_output_pool *p) {
    for (long t = 0; t < p->tiles; t++)
        for (long o = 0; o < p->columns; o += DIGITS_WIDTH) {
            long n = p->columns - o < DIGITS_WIDTH ? p->columns - o : DIGITS_WIDTH;
            const float *products = p->products + t * DIGITS_PANEL + o;
            vec rows[2][4];
            UNROLL for (int x = 0; x < 4; x++) {
                vec m[4];
                UNROLL for (int y = 0; y < 4; y++) m[y] = load(products + (4 * y + x) * p->point_stride);
                rows[0][x] = m[0] + m[1] + m[2];
                rows[1][x] = m[1] - m[2] - m[3];
            }
            vec bias = p->bias ? load_n(p->bias + o, n) : (vec){};
            vec best = rows[0][0] + rows[0][1] + rows[0][2] + bias;
            mask place = {};
            keep_larger(rows[0][1] - rows[0][2] - rows[0][3] + bias, 1, &best, &place);
            keep_larger(rows[1][0] + rows[1][1] + rows[1][2] + bias, 2, &best, &place);
            keep_larger(rows[1][1] - rows[1][2] - rows[1][3] + bias, 3, &best, &place);
            long at = t * p->result_stride + o;
            store_n(p->result + at, n, p->relu ? rectify(best) : best);
            store_bytes(p->route + at, n, place);
        }
}
