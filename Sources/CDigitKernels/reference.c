// The contract of every kernel as naive loops: the oracle of the tests and the last resort. Sums are taken in double.
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "include/digit_kernels.h"

static void digits_pack_panels_reference(long columns, long depth, const float *weights, float *panels) {
    long count = (columns + DIGITS_PANEL - 1) / DIGITS_PANEL;
    for (long p = 0; p < count; p++)
        for (long k = 0; k < depth; k++)
            for (long l = 0; l < DIGITS_PANEL; l++) {
                long o = p * DIGITS_PANEL + l;
                panels[(p * depth + k) * DIGITS_PANEL + l] = o < columns ? weights[o * depth + k] : 0;
            }
}

static void digits_unpack_panel_reference(long columns, long depth, const float *panel, float *weights, long stride) {
    for (long k = 0; k < depth; k++)
        for (long o = 0; o < columns; o++) weights[o * stride + k] = panel[k * DIGITS_PANEL + o];
}

static void digits_outer_gemm_reference(const digits_outer_gemm *p) {
    for (long r = 0; r < p->rows; r++)
        for (long o = 0; o < p->columns; o++) {
            double sum = p->begins ? 0 : p->result[r * DIGITS_PANEL + o];
            for (long k = 0; k < p->depth; k++) sum += (double)p->a[p->a_offsets[k] + r] * p->b[k * p->b_stride + o];
            p->result[r * DIGITS_PANEL + o] = (float)sum;
        }
}

static float contraction(const digits_gather_gemm *p, long first, long o) {
    long depth = p->runs * p->run_length;
    const float *w = p->panels + (o / DIGITS_PANEL) * depth * DIGITS_PANEL + o % DIGITS_PANEL;
    double sum = 0;
    for (long i = 0; i < p->runs; i++)
        for (long j = 0; j < p->run_length; j++, w += DIGITS_PANEL)
            sum += (double)p->source[first + p->run_offsets[i] + j] * *w;
    return (float)(sum + (p->bias ? p->bias[o] : 0));
}

static float rectified(float x) { return x <= 0 ? 0 : x; }

static void digits_gather_gemm_reference(const digits_gather_gemm *p) {
    for (long r = 0; r < p->rows; r++)
        for (long o = 0; o < p->columns; o++) {
            float y = contraction(p, p->row_offsets[r], o);
            p->result[r * p->result_stride + o] = p->relu ? rectified(y) : y;
        }
}

// Keeps the larger of `best` and `candidate`; a NaN wins and stays.
static void keep_larger(float candidate, int place, float *best, int *best_place) {
    if (candidate > *best || (isnan(candidate) && !isnan(*best))) {
        *best = candidate;
        *best_place = place;
    }
}

static void digits_gather_gemm_pool_reference(const digits_gather_gemm_pool *q) {
    const digits_gather_gemm *p = &q->gemm;
    for (long r = 0; r < p->rows; r++)
        for (long o = 0; o < p->columns; o++) {
            float best = contraction(p, p->row_offsets[r] + q->window_offsets[0], o);
            int place = 0;
            for (int w = 1; w < 4; w++)
                keep_larger(contraction(p, p->row_offsets[r] + q->window_offsets[w], o), w, &best, &place);
            p->result[r * p->result_stride + o] = p->relu ? rectified(best) : best;
            q->route[r * p->result_stride + o] = (uint8_t)place;
        }
}

static void digits_accumulate_windows_reference(const digits_accumulate_windows *p) {
    for (long g = 0; g < p->groups; g++)
        for (long y = 0; y < p->kernel_rows; y++)
            for (long x = 0; x < p->kernel_columns; x++)
                for (long j = 0; j < p->run; j++) {
                    double sum = 0;
                    for (long i = p->starts[g]; i < p->starts[g] + p->counts[g]; i++)
                        sum += (double)p->values[i] *
                               p->source[p->offsets[i] + y * p->source_row + x * p->source_column + j];
                    p->result[p->result_offsets[g] + y * p->result_row + x * p->result_column + j] += (float)sum;
                }
}

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
                p->result[p->tile_offsets[t] + pixel / side * p->row_stride + pixel % side * p->pixel_stride +
                          c / p->block_width * p->block_stride + c % p->block_width] += (float)sum;
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
                for (long y = 0; y < p->heights[t]; y++)
                    for (long x = 0; x < p->widths[t]; x++) {
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

static long blocks_offset(const digits_blocks *p, long y, long x, long c) {
    return c / p->width * p->block_stride + y * p->row_stride + x * p->width + c % p->width;
}

static void digits_image_to_blocks_reference(const digits_blocks *p, const float *image, float *blocks) {
    for (long y = 0; y < p->rows; y++)
        for (long x = 0; x < p->columns; x++)
            for (long c = 0; c < p->channels; c++)
                blocks[blocks_offset(p, y, x, c)] = image[(y * p->columns + x) * p->channels + c];
}

static void digits_blocks_to_image_reference(const digits_blocks *p, const float *blocks, float *image) {
    for (long y = 0; y < p->rows; y++)
        for (long x = 0; x < p->columns; x++)
            for (long c = 0; c < p->channels; c++)
                image[(y * p->columns + x) * p->channels + c] = blocks[blocks_offset(p, y, x, c)];
}

static void digits_list_channels_reference(const digits_list_channels *p) {
    for (long position = 0; position < p->positions; position++)
        for (long place = 0; place < p->routes; place++) {
            long group = position * p->routes + place, n = 0;
            for (long o = 0; o < p->columns; o++) {
                float g = p->gradient[position * p->columns + o];
                long routed = p->routes == 1 ? 0 : p->route[position * p->columns + o];
                if (g == 0 || routed != place) continue;
                p->values[group * p->columns + n] = g;
                p->offsets[group * p->columns + n] = (int32_t)o * p->channel_stride;
                n++;
            }
            p->counts[group] = (int32_t)n;
        }
}

static void digits_list_positions_reference(const digits_list_positions *p) {
    for (long o = 0; o < p->columns; o++) {
        long n = 0;
        for (long image = 0; image < p->images; image++)
            for (long position = 0; position < p->positions; position++) {
                long at = (image * p->positions + position) * p->stride + p->first + o;
                if (p->gradient[at] == 0) continue;
                long place = p->routes == 1 ? 0 : p->route[at];
                p->values[o * p->capacity + n] = p->gradient[at];
                p->offsets[o * p->capacity + n] =
                    (int32_t)image * p->image_stride + p->position_offsets[position * p->routes + place];
                n++;
            }
        p->counts[o] = (int32_t)n;
    }
}

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

static void digits_add_reference(long n, const float *x, float *y) {
    for (long i = 0; i < n; i++) y[i] += x[i];
}

static void digits_relu_reference(long n, const float *x, float *y) {
    for (long i = 0; i < n; i++) y[i] = rectified(x[i]);
}

static void digits_relu_backward_reference(long n, const float *y, const float *dy, float *dx) {
    for (long i = 0; i < n; i++) dx[i] = y[i] > 0 ? dy[i] : 0;
}

static void digits_leaky_relu_reference(long n, float slope, const float *x, float *y) {
    for (long i = 0; i < n; i++) y[i] = x[i] < 0 ? slope * x[i] : x[i];
}

static void digits_leaky_relu_backward_reference(long n, float slope, const float *x, const float *dy, float *dx) {
    for (long i = 0; i < n; i++) dx[i] = x[i] > 0 ? dy[i] : slope * dy[i];
}

static void digits_channel_sums_reference(long rows, long stride, long channels, const float *x, float *sums) {
    for (long c = 0; c < channels; c++) {
        double sum = 0;
        for (long r = 0; r < rows; r++) sum += x[r * stride + c];
        sums[c] = (float)sum;
    }
}

static void digits_channel_squares_reference(long rows, long stride, long channels, const float *x,
                                             const float *centre, float *sums) {
    for (long c = 0; c < channels; c++) {
        double sum = 0;
        for (long r = 0; r < rows; r++) {
            double deviation = (double)x[r * stride + c] - centre[c];
            sum += deviation * deviation;
        }
        sums[c] = (float)sum;
    }
}

static float gated(const float *gate, const float *gradient, long at) {
    return !gate || gate[at] > 0 ? gradient[at] : 0;
}

static void digits_channel_gradients_reference(long rows, long stride, long channels, const float *gate,
                                               const float *dy, const float *x, const float *centre, float *sums,
                                               float *products) {
    for (long c = 0; c < channels; c++) {
        double sum = 0, product = 0;
        for (long r = 0; r < rows; r++) {
            double g = gated(gate, dy, r * stride + c);
            sum += g;
            product += g * ((double)x[r * stride + c] - centre[c]);
        }
        sums[c] = (float)sum;
        products[c] = (float)product;
    }
}

static void digits_channel_affine_reference(long rows, long stride, long channels, const float *x, const float *scale,
                                            const float *shift, int32_t relu, float *y) {
    for (long r = 0; r < rows; r++)
        for (long c = 0; c < channels; c++) {
            float value = x[r * stride + c] * scale[c] + shift[c];
            y[r * stride + c] = relu ? rectified(value) : value;
        }
}

static void digits_channel_affine_pair_reference(long rows, long stride, long channels, const float *gate,
                                                 const float *u, const float *scale_u, const float *v,
                                                 const float *scale_v, const float *shift, float *y) {
    for (long r = 0; r < rows; r++)
        for (long c = 0; c < channels; c++) {
            long at = r * stride + c;
            y[at] = gated(gate, u, at) * scale_u[c] + v[at] * scale_v[c] + shift[c];
        }
}

static void digits_sgd_reference(long n, const digits_sgd *p, const float *gradient, float *velocity,
                                 float *parameters) {
    for (long i = 0; i < n; i++) {
        float step = p->learning_rate * gradient[i];
        if (p->momentum == 0) {
            parameters[i] -= step;
            continue;
        }
        velocity[i] = p->momentum * velocity[i] - step;
        parameters[i] += p->nesterov ? p->momentum * velocity[i] - step : velocity[i];
    }
}

static void digits_adam_reference(long n, const digits_adam *p, const float *gradient, float *first_moment,
                                  float *second_moment, float *parameters) {
    for (long i = 0; i < n; i++) {
        float g = gradient[i];
        first_moment[i] += (g - first_moment[i]) * (1 - p->beta1);
        second_moment[i] += (g * g - second_moment[i]) * (1 - p->beta2);
        parameters[i] = parameters[i] * (1 - p->decay) -
                        p->step_size * first_moment[i] / (sqrtf(second_moment[i]) + p->epsilon);
    }
}

static void digits_rmsprop_reference(long n, const digits_rmsprop *p, const float *gradient, float *mean_square,
                                     float *velocity, float *parameters) {
    for (long i = 0; i < n; i++) {
        float g = gradient[i];
        mean_square[i] = p->rho * mean_square[i] + (1 - p->rho) * g * g;
        float step = p->learning_rate * g / sqrtf(mean_square[i] + p->epsilon);
        if (p->momentum != 0) step = velocity[i] = p->momentum * velocity[i] + step;
        parameters[i] -= step;
    }
}

const digits_kernels digits_kernels_reference = {
    .name = "reference",
    .block = 8,
#define DIGITS_KERNEL(name, parameters) .name = digits_##name##_reference,
#include "include/kernels.inc"
#undef DIGITS_KERNEL
};
