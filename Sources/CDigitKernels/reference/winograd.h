// Winograd's convolutions: the transforms as matrices, sums over all points.

// G, Bᵀ and Aᵀ of Winograd's forms: F(2×2, 3×3), F(4×4, 3×3), F(2×2, 5×5).
typedef struct {
    double weights[6][5], input[6][6], output[4][6];
} winograd_transforms;

#define WINOGRAD_INPUT_OF_SIX                                                                                 \
    {{4, 0, -5, 0, 1, 0},  {0, -4, -4, 1, 1, 0}, {0, 4, -4, -1, 1, 0},                                        \
     {0, -2, -1, 2, 1, 0}, {0, 2, -1, -2, 1, 0}, {0, 4, 0, -5, 0, 1}}
static const winograd_transforms winograd_forms[3] = {
    {.weights = {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}},
     .input = {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}},
     .output = {{1, 1, 1, 0}, {0, 1, -1, -1}}},
    {.weights = {{1 / 4.0, 0, 0},
                 {-1 / 6.0, -1 / 6.0, -1 / 6.0},
                 {-1 / 6.0, 1 / 6.0, -1 / 6.0},
                 {1 / 24.0, 1 / 12.0, 1 / 6.0},
                 {1 / 24.0, -1 / 12.0, 1 / 6.0},
                 {0, 0, 1}},
     .input = WINOGRAD_INPUT_OF_SIX,
     .output = {{1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}}},
    {.weights = {{1 / 4.0, 0, 0, 0, 0},
                 {-1 / 6.0, -1 / 6.0, -1 / 6.0, -1 / 6.0, -1 / 6.0},
                 {-1 / 6.0, 1 / 6.0, -1 / 6.0, 1 / 6.0, -1 / 6.0},
                 {1 / 24.0, 1 / 12.0, 1 / 6.0, 1 / 3.0, 2 / 3.0},
                 {1 / 24.0, -1 / 12.0, 1 / 6.0, -1 / 3.0, 2 / 3.0},
                 {0, 0, 0, 0, 1}},
     .input = WINOGRAD_INPUT_OF_SIX,
     .output = {{1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 1}}},
};

static const winograd_transforms *transforms_of(const digits_winograd *form) {
    return &winograd_forms[form->kernel == 5 ? 2 : form->tile == 4];
}

static void digits_winograd_weights_reference(const digits_winograd_weights *p) {
    const winograd_transforms *f = transforms_of(&p->form);
    long k = p->form.kernel, side = p->form.tile + k - 1;
    for (long r = 0; r < p->rows; r++)
        for (long l = 0; l < DIGITS_PANEL; l++)
            for (long point = 0; point < side * side; point++) {
                double sum = 0;
                for (long tap = 0; tap < k * k && l < p->columns; tap++) {
                    double factor = f->weights[point / side][tap / k] * f->weights[point % side][tap % k];
                    if (factor != 0) sum += factor * p->weights[tap * p->tap_stride + r * p->row_stride + l];
                }
                p->panel[point * p->point_stride + r * DIGITS_PANEL + l] = (float)sum;
            }
}

static void digits_winograd_weight_gradient_reference(const digits_winograd *form, long channels, const float *panel,
                                                      float *weights) {
    const winograd_transforms *f = transforms_of(form);
    long k = form->kernel, side = form->tile + k - 1, size = channels * DIGITS_PANEL;
    for (long i = 0; i < size; i++)
        for (long tap = 0; tap < k * k; tap++) {
            double sum = 0;
            for (long point = 0; point < side * side; point++) {
                double factor = f->weights[point / side][tap / k] * f->weights[point % side][tap % k];
                if (factor != 0) sum += factor * panel[point * size + i];
            }
            weights[tap * size + i] = (float)sum;
        }
}

static void digits_winograd_input_reference(const digits_winograd_input *p) {
    const winograd_transforms *f = transforms_of(&p->form);
    long side = p->form.tile + p->form.kernel - 1;
    for (long t = 0; t < p->tiles; t++)
        for (long c = 0; c < p->channels; c++)
            for (long point = 0; point < side * side; point++) {
                double sum = 0;
                for (long pixel = 0; pixel < side * side; pixel++) {
                    double factor = f->input[point / side][pixel / side] * f->input[point % side][pixel % side];
                    long at = pixel / side * p->row_stride + pixel % side * p->pixel_stride;
                    if (factor != 0) sum += factor * p->source[p->tile_offsets[t] + at + c];
                }
                p->transformed[point * p->point_stride + t * p->tile_stride + c] = (float)sum;
            }
}

static void digits_winograd_input_gradient_reference(const digits_winograd_input_gradient *p) {
    const winograd_transforms *f = transforms_of(&p->form);
    long side = p->form.tile + p->form.kernel - 1;
    for (long t = 0; t < p->tiles; t++)
        for (long c = 0; c < p->channels; c++)
            for (long pixel = 0; pixel < side * side; pixel++) {
                double sum = 0;
                for (long point = 0; point < side * side; point++) {
                    double factor = f->input[point / side][pixel / side] * f->input[point % side][pixel % side];
                    if (factor != 0) sum += factor * p->products[point * p->point_stride + t * DIGITS_PANEL + c];
                }
                p->result[p->tile_offsets[t] + pixel / side * p->row_stride + pixel % side * p->pixel_stride + c] +=
                    (float)sum;
            }
}

// Output (y, x) of a tile: Aᵀ M A at the points of products, plus bias.
static float winograd_output(const digits_winograd *form, const float *products, long point_stride, long y, long x,
                             const float *bias) {
    const winograd_transforms *f = transforms_of(form);
    long side = form->tile + form->kernel - 1;
    double sum = bias ? *bias : 0;
    for (long point = 0; point < side * side; point++) {
        double factor = f->output[y][point / side] * f->output[x][point % side];
        if (factor != 0) sum += factor * products[point * point_stride];
    }
    return (float)sum;
}

static void digits_winograd_output_reference(const digits_winograd_output *p) {
    for (long t = 0; t < p->tiles; t++)
        for (long y = 0; y < p->heights[t]; y++)
            for (long x = 0; x < p->widths[t]; x++)
                for (long o = 0; o < p->columns; o++) {
                    float sum = winograd_output(&p->form, p->products + t * DIGITS_PANEL + o, p->point_stride, y, x,
                                                p->bias ? p->bias + o : NULL);
                    p->result[(p->position_offsets[t] + y * p->row_positions + x) * p->result_stride + o] =
                        p->relu ? rectified(sum) : sum;
                }
}

static void digits_winograd_output_gradient_reference(const digits_winograd_output_gradient *p) {
    const winograd_transforms *f = transforms_of(&p->form);
    long side = p->form.tile + p->form.kernel - 1;
    for (long t = 0; t < p->tiles; t++)
        for (long o = 0; o < p->columns; o++)
            for (long point = 0; point < side * side; point++) {
                double sum = 0;
                long height = p->route ? p->form.tile : p->heights[t], width = p->route ? p->form.tile : p->widths[t];
                for (long y = 0; y < height; y++)
                    for (long x = 0; x < width; x++) {
                        double factor = f->output[y][point / side] * f->output[x][point % side];
                        long scale = p->route ? 2 : 1;
                        long position = p->position_offsets[t] + y / scale * p->row_positions + x / scale;
                        long at = position * p->columns + o;
                        if (p->route && p->route[at] != y % 2 * 2 + x % 2) continue;
                        if (factor != 0) sum += factor * p->gradient[at];
                    }
                p->transformed[point * p->point_stride + t * p->columns + o] = (float)sum;
            }
}

static void digits_winograd_output_pool_reference(const digits_winograd_output_pool *p) {
    for (long t = 0; t < p->tiles; t++)
        for (long row = 0; row < p->form.tile / 2; row++)
            for (long column = 0; column < p->form.tile / 2; column++)
                for (long o = 0; o < p->columns; o++) {
                    float best = 0;
                    int place = 0;
                    for (int w = 0; w < 4; w++) {
                        float sum = winograd_output(&p->form, p->products + t * DIGITS_PANEL + o, p->point_stride,
                                                    2 * row + w / 2, 2 * column + w % 2, p->bias ? p->bias + o : NULL);
                        if (w == 0)
                            best = sum;
                        else
                            keep_larger(sum, w, &best, &place);
                    }
                    long at = (p->position_offsets[t] + row * p->row_positions + column) * p->result_stride + o;
                    p->result[at] = p->relu ? rectified(best) : best;
                    p->route[at] = (uint8_t)place;
                }
}
