// Winograd's convolutions F(m×m, k×k): (m + k - 1)² multiplications where m² outputs of a k×k kernel take m² k².
// A. Lavin and S. Gray, "Fast Algorithms for Convolutional Neural Networks", 2015, arXiv:1509.09308.
//   Y = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A, and backwards its adjoint: A dY Aᵀ, B dV Bᵀ, Gᵀ dU G.
// The interpolation points are 0, ±1, ∞ for 4 and 0, ±1, ±2, ∞ for 6 values on each axis; Bᵀ depends on them alone.
// Each transform is one along the columns and then the same along the rows. m and k are constants everywhere.

#define WINOGRAD_MOST 6 // the most values on an axis

// G g: k -> m + k - 1.
INLINE void winograd_weights_line(int m, int k, const vec *g, vec *u) {
    if (m + k - 1 == 4) {
        vec even = (g[0] + g[2]) * broadcast(0.5f), odd = g[1] * broadcast(0.5f);
        u[0] = g[0];
        u[1] = even + odd;
        u[2] = even - odd;
        u[3] = g[2];
    } else {
        vec even = g[0] + g[2], odd = g[1];
        vec far_even = g[0] + broadcast(4) * g[2], far_odd = broadcast(2) * g[1];
        if (k == 5) {
            even += g[4];
            odd += g[3];
            far_even += broadcast(16) * g[4];
            far_odd += broadcast(8) * g[3];
        }
        vec near = broadcast(-1 / 6.0f), far = broadcast(1 / 24.0f);
        u[0] = g[0] * broadcast(0.25f);
        u[1] = (even + odd) * near;
        u[2] = (even - odd) * near;
        u[3] = (far_even + far_odd) * far;
        u[4] = (far_even - far_odd) * far;
        u[5] = g[k - 1];
    }
}

// Gᵀ u: m + k - 1 -> k.
INLINE void winograd_weight_gradient_line(int m, int k, const vec *u, vec *g) {
    if (m + k - 1 == 4) {
        vec even = (u[1] + u[2]) * broadcast(0.5f);
        g[0] = u[0] + even;
        g[1] = (u[1] - u[2]) * broadcast(0.5f);
        g[2] = even + u[3];
    } else {
        vec near = broadcast(-1 / 6.0f), far = broadcast(1 / 24.0f);
        vec even = (u[1] + u[2]) * near, odd = (u[1] - u[2]) * near;
        vec far_even = (u[3] + u[4]) * far, far_odd = (u[3] - u[4]) * far;
        g[0] = u[0] * broadcast(0.25f) + even + far_even;
        g[1] = odd + broadcast(2) * far_odd;
        g[2] = even + broadcast(4) * far_even;
        if (k == 5) {
            g[3] = odd + broadcast(8) * far_odd;
            g[4] = even + broadcast(16) * far_even;
        }
        g[k - 1] += u[5];
    }
}

// Bᵀ d: m + k - 1 values.
INLINE void winograd_input_line(int m, int k, const vec *d, vec *v) {
    if (m + k - 1 == 4) {
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

// B v: m + k - 1 values.
INLINE void winograd_input_gradient_line(int m, int k, const vec *v, vec *d) {
    if (m + k - 1 == 4) {
        d[0] = v[0];
        d[1] = v[1] - v[2] + v[3];
        d[2] = v[1] + v[2] - v[0];
        d[3] = -v[3];
    } else {
        vec two = broadcast(2), four = broadcast(4), five = broadcast(5);
        vec even = v[1] + v[2], odd = v[1] - v[2], far_even = v[3] + v[4], far_odd = two * (v[3] - v[4]);
        d[0] = four * v[0];
        d[1] = four * (v[5] - odd) - far_odd;
        d[2] = -five * v[0] - four * even - far_even;
        d[3] = odd + far_odd - five * v[5];
        d[4] = v[0] + even + far_even;
        d[5] = v[5];
    }
}

// Aᵀ p: m + k - 1 -> m.
INLINE void winograd_output_line(int m, int k, const vec *p, vec *y) {
    if (m + k - 1 == 4) {
        y[0] = p[0] + p[1] + p[2];
        y[1] = p[1] - p[2] - p[3];
    } else {
        vec even = p[1] + p[2], odd = p[1] - p[2], far_even = p[3] + p[4], far_odd = p[3] - p[4];
        y[0] = p[0] + even + far_even;
        y[1] = odd + broadcast(2) * far_odd;
        if (m == 4) {
            y[2] = even + broadcast(4) * far_even;
            y[3] = odd + broadcast(8) * far_odd;
        }
        y[m - 1] += p[5];
    }
}

// A y: m -> m + k - 1.
INLINE void winograd_output_gradient_line(int m, int k, const vec *y, vec *p) {
    if (m + k - 1 == 4) {
        p[0] = y[0];
        p[1] = y[0] + y[1];
        p[2] = y[0] - y[1];
        p[3] = -y[1];
    } else {
        vec even = y[0], odd = y[1], far_even = y[0], far_odd = broadcast(2) * y[1];
        if (m == 4) {
            even += y[2];
            odd += y[3];
            far_even += broadcast(4) * y[2];
            far_odd += broadcast(8) * y[3];
        }
        p[0] = y[0];
        p[1] = even + odd;
        p[2] = even - odd;
        p[3] = far_even + far_odd;
        p[4] = far_even - far_odd;
        p[5] = y[m - 1];
    }
}

// U = G g Gᵀ of one panel; vector lanes are columns of the panel.
INLINE void winograd_weights_form(int m, int k, const digits_winograd_weights *arguments) {
    const digits_winograd_weights local = *arguments, *p = &local; // which no store can change
    int side = m + k - 1;
    for (long r = 0; r < p->rows; r++)
        for (long l = 0; l < DIGITS_PANEL; l += DIGITS_WIDTH) {
            long n = p->columns - l;
            const float *weights = p->weights + r * p->row_stride + l;
            float *panel = p->panel + r * DIGITS_PANEL + l;
            vec columns[5][WINOGRAD_MOST];
            UNROLL for (int x = 0; x < k; x++) {
                vec g[5];
                UNROLL for (int y = 0; y < k; y++)
                    g[y] = n > 0 ? load_n(weights + (y * k + x) * p->tap_stride, n) : (vec){};
                winograd_weights_line(m, k, g, columns[x]);
            }
            UNROLL for (int y = 0; y < side; y++) {
                vec g[5], u[WINOGRAD_MOST];
                UNROLL for (int x = 0; x < k; x++) g[x] = columns[x][y];
                winograd_weights_line(m, k, g, u);
                UNROLL for (int x = 0; x < side; x++) store(panel + (y * side + x) * p->point_stride, u[x]);
            }
        }
}

// Gᵀ dU G of one panel; vector lanes are columns of the panel.
INLINE void winograd_weight_gradient_form(int m, int k, long channels, const float *panel, float *weights) {
    int side = m + k - 1;
    long size = channels * DIGITS_PANEL;
    for (long i = 0; i < size; i += DIGITS_WIDTH) {
        vec columns[WINOGRAD_MOST][5];
        UNROLL for (int x = 0; x < side; x++) {
            vec u[WINOGRAD_MOST];
            UNROLL for (int y = 0; y < side; y++) u[y] = load(panel + (y * side + x) * size + i);
            winograd_weight_gradient_line(m, k, u, columns[x]);
        }
        UNROLL for (int y = 0; y < k; y++) {
            vec u[WINOGRAD_MOST], g[5];
            UNROLL for (int x = 0; x < side; x++) u[x] = columns[x][y];
            winograd_weight_gradient_line(m, k, u, g);
            UNROLL for (int x = 0; x < k; x++) store(weights + (y * k + x) * size + i, g[x]);
        }
    }
}

// V = Bᵀ d B of one tile and vector of channels, of which n count.
INLINE void winograd_input_tile(int m, int k, const digits_winograd_input *p, const float *tile, float *out, long n) {
    int side = m + k - 1;
    vec columns[WINOGRAD_MOST][WINOGRAD_MOST];
    UNROLL for (int x = 0; x < side; x++, tile += p->pixel_stride) {
        const float *pixel = tile;
        vec d[WINOGRAD_MOST];
        UNROLL for (int y = 0; y < side; y++, pixel += p->row_stride) d[y] = load_n(pixel, n);
        winograd_input_line(m, k, d, columns[x]);
    }
    ROLLED for (int y = 0; y < side; y++) {
        vec d[WINOGRAD_MOST], v[WINOGRAD_MOST];
        UNROLL for (int x = 0; x < side; x++) d[x] = columns[x][y];
        winograd_input_line(m, k, d, v);
        UNROLL for (int x = 0; x < side; x++, out += p->point_stride) store_n(out, n, v[x]);
    }
}

INLINE void winograd_input_form(int m, int k, const digits_winograd_input *arguments) {
    const digits_winograd_input local = *arguments, *p = &local; // which no store can change
    for (long t = 0; t < p->tiles; t++) {
        const float *tile = p->source + p->tile_offsets[t];
        float *out = p->transformed + t * p->tile_stride;
        long c = 0;
        for (; c + DIGITS_WIDTH <= p->channels; c += DIGITS_WIDTH)
            winograd_input_tile(m, k, p, tile + c, out + c, DIGITS_WIDTH);
        if (c < p->channels) winograd_input_tile(m, k, p, tile + c, out + c, p->channels - c);
    }
}

// Adds B dV Bᵀ of one tile and vector of channels, of which n count, to the pixels.
INLINE void winograd_input_gradient_tile(int m, int k, const digits_winograd_input_gradient *p, const float *products,
                                         float *tile, long n) {
    int side = m + k - 1;
    vec columns[WINOGRAD_MOST][WINOGRAD_MOST];
    UNROLL for (int x = 0; x < side; x++, products += p->point_stride) {
        const float *point = products;
        vec v[WINOGRAD_MOST];
        UNROLL for (int y = 0; y < side; y++, point += side * p->point_stride) v[y] = load(point);
        winograd_input_gradient_line(m, k, v, columns[x]);
    }
    ROLLED for (int y = 0; y < side; y++, tile += p->row_stride) {
        float *pixel = tile;
        vec v[WINOGRAD_MOST], d[WINOGRAD_MOST];
        UNROLL for (int x = 0; x < side; x++) v[x] = columns[x][y];
        winograd_input_gradient_line(m, k, v, d);
        UNROLL for (int x = 0; x < side; x++, pixel += p->pixel_stride) store_n(pixel, n, load_n(pixel, n) + d[x]);
    }
}

INLINE void winograd_input_gradient_form(int m, int k, const digits_winograd_input_gradient *arguments) {
    const digits_winograd_input_gradient local = *arguments, *p = &local; // which no store can change
    for (long t = 0; t < p->tiles; t++) {
        const float *products = p->products + t * DIGITS_PANEL;
        float *tile = p->result + p->tile_offsets[t];
        long c = 0;
        for (; c + DIGITS_WIDTH <= p->channels; c += DIGITS_WIDTH)
            winograd_input_gradient_tile(m, k, p, products + c, tile + c, DIGITS_WIDTH);
        if (c < p->channels) winograd_input_gradient_tile(m, k, p, products + c, tile + c, p->channels - c);
    }
}

// Aᵀ M of one tile's columns; vector lanes are output channels.
INLINE void winograd_output_columns(int m, int k, const float *products, long point_stride,
                                    vec columns[][WINOGRAD_MOST]) {
    int side = m + k - 1;
    UNROLL for (int x = 0; x < side; x++, products += point_stride) {
        const float *point = products;
        vec d[WINOGRAD_MOST];
        UNROLL for (int y = 0; y < side; y++, point += side * point_stride) d[y] = load(point);
        winograd_output_line(m, k, d, columns[x]);
    }
}

// Y = Aᵀ M A of tile t and a vector of columns, of which n count.
INLINE void winograd_output_tile(int m, int k, const digits_winograd_output *p, long t, long o, long n) {
    vec columns[WINOGRAD_MOST][WINOGRAD_MOST];
    winograd_output_columns(m, k, p->products + t * DIGITS_PANEL + o, p->point_stride, columns);
    vec bias = p->bias ? load_n(p->bias + o, n) : (vec){};
    float *row = p->result + p->position_offsets[t] * p->result_stride + o;
    for (long y = 0; y < p->heights[t]; y++, row += p->row_positions * p->result_stride) {
        vec d[WINOGRAD_MOST], line[WINOGRAD_MOST];
        UNROLL for (int x = 0; x < m + k - 1; x++) d[x] = columns[x][y];
        winograd_output_line(m, k, d, line);
        UNROLL for (int x = 0; x < m; x++)
            if (x < p->widths[t]) {
                vec sum = line[x] + bias;
                store_n(row + x * p->result_stride, n, p->relu ? rectify(sum) : sum);
            }
    }
}

INLINE void winograd_output_form(int m, int k, const digits_winograd_output *arguments) {
    const digits_winograd_output local = *arguments, *p = &local; // which no store can change
    for (long t = 0; t < p->tiles; t++) {
        long o = 0;
        for (; o + DIGITS_WIDTH <= p->columns; o += DIGITS_WIDTH) winograd_output_tile(m, k, p, t, o, DIGITS_WIDTH);
        if (o < p->columns) winograd_output_tile(m, k, p, t, o, p->columns - o);
    }
}

// Y = Aᵀ M A of tile t and a vector of columns, of which n count, then the maximum of every 2×2 window.
INLINE void winograd_output_pool_tile(int m, int k, const digits_winograd_output_pool *p, long t, long o, long n) {
    vec columns[WINOGRAD_MOST][WINOGRAD_MOST];
    winograd_output_columns(m, k, p->products + t * DIGITS_PANEL + o, p->point_stride, columns);
    vec bias = p->bias ? load_n(p->bias + o, n) : (vec){};
    long at = p->position_offsets[t] * p->result_stride + o;
    ROLLED for (int row = 0; row < m / 2; row++, at += p->row_positions * p->result_stride) {
        vec y[2][WINOGRAD_MOST];
        UNROLL for (int half = 0; half < 2; half++) {
            vec d[WINOGRAD_MOST];
            UNROLL for (int x = 0; x < m + k - 1; x++) d[x] = columns[x][2 * row + half];
            winograd_output_line(m, k, d, y[half]);
        }
        UNROLL for (int column = 0; column < m / 2; column++) {
            vec best = y[0][2 * column] + bias;
            mask place = {};
            UNROLL for (int w = 1; w < 4; w++) keep_larger(y[w / 2][2 * column + w % 2] + bias, w, &best, &place);
            store_n(p->result + at + column * p->result_stride, n, p->relu ? rectify(best) : best);
            store_bytes(p->route + at + column * p->result_stride, n, place);
        }
    }
}

INLINE void winograd_output_pool_form(int m, int k, const digits_winograd_output_pool *arguments) {
    const digits_winograd_output_pool local = *arguments, *p = &local; // which no store can change
    for (long t = 0; t < p->tiles; t++) {
        long o = 0;
        for (; o + DIGITS_WIDTH <= p->columns; o += DIGITS_WIDTH)
            winograd_output_pool_tile(m, k, p, t, o, DIGITS_WIDTH);
        if (o < p->columns) winograd_output_pool_tile(m, k, p, t, o, p->columns - o);
    }
}

// The gradients of one row of a tile's outputs. Behind a pool an output has that of its window, where the window's
// maximum came from it.
INLINE void output_gradients(int m, int is_pooled, const digits_winograd_output_gradient *p, long t, int y, long o,
                             long n, vec *row) {
    long scale = is_pooled ? 2 : 1;
    long at = (p->position_offsets[t] + y / scale * p->row_positions) * p->columns + o;
    UNROLL for (int x = 0; x < m; x++) {
        long place = at + x / scale * p->columns;
        if (!is_pooled)
            row[x] = y < p->heights[t] && x < p->widths[t] ? load_n(p->gradient + place, n) : (vec){};
        else
            row[x] = select_(load_bytes(p->route + place, n) == y % 2 * 2 + x % 2, load_n(p->gradient + place, n),
                             (vec){});
    }
}

// dM = A dY Aᵀ of tile t and a vector of columns, of which n count.
INLINE void winograd_output_gradient_tile(int m, int k, int is_pooled, const digits_winograd_output_gradient *p, long t,
                                          long o, long n) {
    int side = m + k - 1;
    vec rows[4][WINOGRAD_MOST];
    UNROLL for (int y = 0; y < m; y++) {
        vec row[4];
        output_gradients(m, is_pooled, p, t, y, o, n, row);
        winograd_output_gradient_line(m, k, row, rows[y]);
    }
    float *out = p->transformed + t * p->columns + o;
    ROLLED for (int x = 0; x < side; x++, out += p->point_stride) {
        float *point = out;
        vec column[4], points[WINOGRAD_MOST];
        UNROLL for (int y = 0; y < m; y++) column[y] = rows[y][x];
        winograd_output_gradient_line(m, k, column, points);
        UNROLL for (int y = 0; y < side; y++, point += side * p->point_stride) store_n(point, n, points[y]);
    }
}

INLINE void winograd_output_gradient_tiles(int m, int k, int is_pooled, const digits_winograd_output_gradient *p) {
    for (long t = 0; t < p->tiles; t++) {
        long o = 0;
        for (; o + DIGITS_WIDTH <= p->columns; o += DIGITS_WIDTH)
            winograd_output_gradient_tile(m, k, is_pooled, p, t, o, DIGITS_WIDTH);
        if (o < p->columns) winograd_output_gradient_tile(m, k, is_pooled, p, t, o, p->columns - o);
    }
}

INLINE void winograd_output_gradient_form(int m, int k, const digits_winograd_output_gradient *arguments) {
    const digits_winograd_output_gradient local = *arguments; // which no store can change
    if (local.route)
        winograd_output_gradient_tiles(m, k, 1, &local);
    else
        winograd_output_gradient_tiles(m, k, 0, &local);
}

// Calls the form of a kernel with constants for its tile and kernel.
#define WINOGRAD_FORMS(form, call, ...)                                                                       \
    if ((form)->kernel == 5)                                                                                  \
        call(2, 5, __VA_ARGS__);                                                                              \
    else if ((form)->tile == 4)                                                                               \
        call(4, 3, __VA_ARGS__);                                                                              \
    else                                                                                                      \
        call(2, 3, __VA_ARGS__)

static void DIGITS_NAME(winograd_weights)(const digits_winograd_weights *p) {
    WINOGRAD_FORMS(&p->form, winograd_weights_form, p);
}

static void DIGITS_NAME(winograd_weight_gradient)(const digits_winograd *form, long channels, const float *panel,
                                                  float *weights) {
    WINOGRAD_FORMS(form, winograd_weight_gradient_form, channels, panel, weights);
}

static void DIGITS_NAME(winograd_input)(const digits_winograd_input *p) {
    WINOGRAD_FORMS(&p->form, winograd_input_form, p);
}

static void DIGITS_NAME(winograd_input_gradient)(const digits_winograd_input_gradient *p) {
    WINOGRAD_FORMS(&p->form, winograd_input_gradient_form, p);
}

static void DIGITS_NAME(winograd_output)(const digits_winograd_output *p) {
    WINOGRAD_FORMS(&p->form, winograd_output_form, p);
}

static void DIGITS_NAME(winograd_output_gradient)(const digits_winograd_output_gradient *p) {
    WINOGRAD_FORMS(&p->form, winograd_output_gradient_form, p);
}

static void DIGITS_NAME(winograd_output_pool)(const digits_winograd_output_pool *p) {
    WINOGRAD_FORMS(&p->form, winograd_output_pool_form, p);
}
