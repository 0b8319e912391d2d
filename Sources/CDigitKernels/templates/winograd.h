// Winograd's F(m×m, 3×3) for m = 2 and 4: (m + 2)² multiplications where m² outputs of a 3×3 kernel take 9 m².
// A. Lavin and S. Gray, "Fast Algorithms for Convolutional Neural Networks", 2015, arXiv:1509.09308.
//   Y = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A
// Each transform is one along the columns and then the same along the rows.

// G g: 3 -> m + 2.
INLINE void winograd_weights_line(int m, const vec *g, vec *u) {
    if (m == 2) {
        vec even = (g[0] + g[2]) * broadcast(0.5f), odd = g[1] * broadcast(0.5f);
        u[0] = g[0];
        u[1] = even + odd;
        u[2] = even - odd;
        u[3] = g[2];
    } else {
        vec even = (g[0] + g[2]) * broadcast(-1 / 6.0f), odd = g[1] * broadcast(1 / 6.0f);
        vec far_even = g[0] * broadcast(1 / 24.0f) + g[2] * broadcast(1 / 6.0f), far_odd = g[1] * broadcast(1 / 12.0f);
        u[0] = g[0] * broadcast(0.25f);
        u[1] = even - odd;
        u[2] = even + odd;
        u[3] = far_even + far_odd;
        u[4] = far_even - far_odd;
        u[5] = g[2];
    }
}

// Bᵀ d: m + 2 -> m + 2.
INLINE void winograd_input_line(int m, const vec *d, vec *v) {
    if (m == 2) {
        v[0] = d[0] - d[2];
        v[1] = d[1] + d[2];
        v[2] = d[2] - d[1];
        v[3] = d[1] - d[3];
    } else {
        vec two = broadcast(2), four = broadcast(4), five = broadcast(5);
        vec even = d[4] - four * d[2], odd = d[3] - four * d[1];
        vec near_even = d[4] - d[2], near_odd = two * (d[3] - d[1]);
        v[0] = four * d[0] - five * d[2] + d[4];
        v[1] = even + odd;
        v[2] = even - odd;
        v[3] = near_even + near_odd;
        v[4] = near_even - near_odd;
        v[5] = four * d[1] - five * d[3] + d[5];
    }
}

// Aᵀ p: m + 2 -> m.
INLINE void winograd_output_line(int m, const vec *p, vec *y) {
    if (m == 2) {
        y[0] = p[0] + p[1] + p[2];
        y[1] = p[1] - p[2] - p[3];
    } else {
        vec even = p[1] + p[2], odd = p[1] - p[2], far_even = p[3] + p[4], far_odd = p[3] - p[4];
        y[0] = p[0] + even + far_even;
        y[1] = odd + broadcast(2) * far_odd;
        y[2] = even + broadcast(4) * far_even;
        y[3] = odd + broadcast(8) * far_odd + p[5];
    }
}

// U = G g Gᵀ of one panel; vector lanes are output channels.
INLINE void winograd_weights_panel(int m, long channels, const float *weights, float *panel) {
    for (long i = 0; i < channels * DIGITS_PANEL; i += DIGITS_WIDTH) {
        vec rows[6][3];
        UNROLL for (int x = 0; x < 3; x++) {
            vec g[3], u[6];
            UNROLL for (int y = 0; y < 3; y++) g[y] = load(weights + (y * 3 + x) * channels * DIGITS_PANEL + i);
            winograd_weights_line(m, g, u);
            UNROLL for (int y = 0; y < m + 2; y++) rows[y][x] = u[y];
        }
        UNROLL for (int y = 0; y < m + 2; y++) {
            vec u[6];
            winograd_weights_line(m, rows[y], u);
            UNROLL for (int x = 0; x < m + 2; x++)
                store(panel + (y * (m + 2) + x) * channels * DIGITS_PANEL + i, u[x]);
        }
    }
}

static void DIGITS_NAME(winograd_weights)(long tile, long channels, const float *weights, float *panel) {
    if (tile == 2)
        winograd_weights_panel(2, channels, weights, panel);
    else
        winograd_weights_panel(4, channels, weights, panel);
}

// V = Bᵀ d B of every tile; vector lanes are channels.
INLINE void winograd_input_tiles(int m, const digits_winograd_input *arguments) {
    const digits_winograd_input local = *arguments, *p = &local; // which no store can change
    for (long t = 0; t < p->tiles; t++)
        for (long c = 0; c < p->channels; c += DIGITS_WIDTH) {
            long n = p->channels - c < DIGITS_WIDTH ? p->channels - c : DIGITS_WIDTH;
            const float *tile = p->source + p->tile_offsets[t] + c;
            float *out = p->transformed + t * p->tile_stride + c;
            vec columns[6][6];
            UNROLL for (int x = 0; x < m + 2; x++) {
                vec d[6];
                UNROLL for (int y = 0; y < m + 2; y++) d[y] = load_n(tile + y * p->row_stride + x * p->pixel_stride, n);
                winograd_input_line(m, d, columns[x]);
            }
            UNROLL for (int y = 0; y < m + 2; y++) {
                vec d[6], v[6];
                UNROLL for (int x = 0; x < m + 2; x++) d[x] = columns[x][y];
                winograd_input_line(m, d, v);
                UNROLL for (int x = 0; x < m + 2; x++) store_n(out + (y * (m + 2) + x) * p->point_stride, n, v[x]);
            }
        }
}

static void DIGITS_NAME(winograd_input)(const digits_winograd_input *p) {
    if (p->tile == 2)
        winograd_input_tiles(2, p);
    else
        winograd_input_tiles(4, p);
}

// Y = Aᵀ M A, then the maximum of every 2×2 window; vector lanes are output channels.
INLINE void winograd_output_pool_tiles(int m, const digits_winograd_output_pool *arguments) {
    const digits_winograd_output_pool local = *arguments, *p = &local; // which no store can change
    for (long t = 0; t < p->tiles; t++)
        for (long o = 0; o < p->columns; o += DIGITS_WIDTH) {
            long n = p->columns - o < DIGITS_WIDTH ? p->columns - o : DIGITS_WIDTH;
            const float *products = p->products + t * DIGITS_PANEL + o;
            vec columns[6][4];
            UNROLL for (int x = 0; x < m + 2; x++) {
                vec d[6];
                UNROLL for (int y = 0; y < m + 2; y++) d[y] = load(products + (y * (m + 2) + x) * p->point_stride);
                winograd_output_line(m, d, columns[x]);
            }
            vec bias = p->bias ? load_n(p->bias + o, n) : (vec){};
            UNROLL for (int row = 0; row < m / 2; row++) {
                vec y[2][4];
                UNROLL for (int half = 0; half < 2; half++) {
                    vec d[6];
                    UNROLL for (int x = 0; x < m + 2; x++) d[x] = columns[x][2 * row + half];
                    winograd_output_line(m, d, y[half]);
                }
                UNROLL for (int column = 0; column < m / 2; column++) {
                    vec best = y[0][2 * column] + bias;
                    mask place = {};
                    UNROLL for (int w = 1; w < 4; w++)
                        keep_larger(y[w / 2][2 * column + w % 2] + bias, w, &best, &place);
                    long at = (p->position_offsets[t] + row * p->row_positions + column) * p->result_stride + o;
                    store_n(p->result + at, n, p->relu ? rectify(best) : best);
                    store_bytes(p->route + at, n, place);
                }
            }
        }
}

static void DIGITS_NAME(winograd_output_pool)(const digits_winograd_output_pool *p) {
    if (p->tile == 2)
        winograd_output_pool_tiles(2, p);
    else
        winograd_output_pool_tiles(4, p);
}
