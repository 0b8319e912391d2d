// Vector kernels of the digits package: plain float32, no allocation, no failure, no global state.
//
// Legend: C channels in, O channels out (columns), K = depth of a contraction, P = positions (output pixels).
// All offsets and strides count floats, not bytes. Pointers need no alignment beyond that of float. No kernel reads
// or writes outside the extents described here. Sums run in an order that the arguments fix, so the same call gives
// the same bits whatever thread makes it and however rows are split over calls.
#ifndef DIGIT_KERNELS_H
#define DIGIT_KERNELS_H

#include <stdint.h>

// Columns in one panel of packed weights: [panel][K][DIGITS_PANEL], the last panel filled up with zeros.
#define DIGITS_PANEL 16

// pack_panels: weights [columns][depth] -> panels [ceil(columns / DIGITS_PANEL)][depth][DIGITS_PANEL].

// gather_gemm: result[r][o] = tail(bias[o] + sum over k of a(r, k) * w(o, k)).
// Row r of `a` is gathered: its depth is `runs` runs of `run_length` contiguous floats, run i starting at
// source[row_offsets[r] + run_offsets[i]]. A dense layer has one run; a convolution one per kernel row.
typedef struct {
    long rows, columns;
    const float *source;
    const int32_t *row_offsets; // [rows]
    long runs, run_length;      // K = runs * run_length
    const int32_t *run_offsets; // [runs]
    const float *panels;        // [ceil(columns / DIGITS_PANEL)][K][DIGITS_PANEL]
    const float *bias;          // [columns], or NULL for none
    int32_t relu;               // nonzero: tail = max(0, .), which keeps NaN
    float *result;              // [rows][result_stride], `columns` of each row written
    long result_stride;
} digits_gather_gemm;

// gather_gemm_pool: the same contraction at the four positions row_offsets[r] + window_offsets[0...3] of a 2×2
// window, of which only the largest is kept: result[r][o], and which it was (the first of equals) in route[r][o],
// 0...3. A NaN in the window is the result.
typedef struct {
    digits_gather_gemm gemm;
    int32_t window_offsets[4];
    uint8_t *route; // [rows][result_stride]
} digits_gather_gemm_pool;

// batch_gemm: `count` products of a matrix [rows][depth] with one panel of columns: for each i,
// result[i * result_stride + r * DIGITS_PANEL + o] = sum over k of a[i * a_stride + r * depth + k] * panels[i][k][o].
typedef struct {
    long count, rows, depth; // depth at least 1
    const float *a;
    long a_stride;
    const float *panels; // [count][depth][DIGITS_PANEL]
    float *result;
    long result_stride;
} digits_batch_gemm;

// batch_outer_gemm: `count` products of a transposed matrix with one panel of columns: for each i,
// result[i][r][o] += sum over k of a[i * a_stride + k * rows + r] * b[i * b_batch_stride + k * b_stride + o].
typedef struct {
    long count, rows, columns, depth; // depth at least 1; columns <= DIGITS_PANEL: only those of the result change
    const float *a;
    long a_stride;
    const float *b;
    long b_batch_stride, b_stride;
    int32_t begins; // nonzero: the sums begin at 0, not at what the result holds
    float *result;  // [count][rows][DIGITS_PANEL]
} digits_batch_outer_gemm;

// unpack_panel: the opposite of pack_panels for one panel: panel [depth][DIGITS_PANEL] -> weights[o * stride + k].

// outer_gemm: result[r * result_stride + o] += sum over k of a[a_offsets[k] + row_offsets[r]] * b[k * b_stride + o], k in
// order. It is a weight gradient where every output counts: k is a position or, of a dense layer, an image.
typedef struct {
    long rows, columns, depth; // columns <= DIGITS_PANEL
    const float *a;
    const int32_t *a_offsets;   // [depth]
    const int32_t *row_offsets; // [rows], or NULL for 0, 1, 2, …
    const float *b;
    long b_stride;
    int32_t begins; // nonzero: the sums begin at 0, not at what the result holds
    float *result;  // [rows][result_stride], `columns` of each row change
    long result_stride;
} digits_outer_gemm;

// accumulate_windows: for each group g, kernel row y, kernel column x and j < run:
//   result[result_offsets[g] + y * result_row + x * result_column + j] +=
//     sum over the group's items i of values[i] * source[offsets[i] + y * source_row + x * source_column + j]
// where the items of group g are [starts[g], starts[g] + counts[g]), summed in that order. If it begins the result, = takes
// the place of +=, and no two groups have a place in common.
// It is the weight gradient (a group is an output channel, an item a position where that channel is alive, the source
// the layer's input) and the data gradient (a group is a position, an item a live output channel, the source the
// weights) of every convolution and dense layer.
typedef struct {
    long groups;
    const int32_t *starts, *counts; // [groups]
    const float *values;
    const int32_t *offsets;
    long kernel_rows, kernel_columns, run;
    const float *source;
    long source_row, source_column;
    int32_t begins;
    float *result;
    const int32_t *result_offsets; // [groups]
    long result_row, result_column;
} digits_accumulate_windows;

// A plane is a picture of one channel, convolved with step 1 and pooled by 2×2. The pooled output has `rows` × `columns`
// positions; position (r, c) depends on the patch of (kernel_rows + 1) × (kernel_columns + 1) pixels at
// plane[2 * r * row_stride + 2 * c].
typedef struct {
    long rows, columns;
    long kernel_rows, kernel_columns; // each at least 1, columns at most 63
    const float *plane;
    long row_stride;
} digits_plane;

// list_patches: positions[0 ..< *count] = the positions, row by row, whose patch has a pixel that is not 0, and
// offsets[0 ..< *count] = where in the plane those patches begin.

// plane_pool: result and route as of gather_gemm_pool at every position, [position][channels]. The positions that are
// not listed have blank patches; they all get the result of a patch of zeros, which is computed once.
typedef struct {
    digits_plane plane;
    const int32_t *positions, *offsets; // [count], of list_patches
    long count;
    long channels;
    const float *panels; // [ceil(channels / DIGITS_PANEL)][kernel_rows * kernel_columns][DIGITS_PANEL]
    const float *bias;   // [channels], or NULL
    int32_t relu;
    float *result;  // [rows * columns][channels]
    uint8_t *route; // likewise
} digits_plane_pool;

// plane_weight_gradient: result[o][y][x] = sum over images and their listed positions of the gradient times the pixel
// that kernel element (y, x) met at the routed place, for channels [first, first + channels) of `stride`.
typedef struct {
    digits_plane plane; // of the first image; the next ones follow at image_stride
    long images, image_stride;
    const int32_t *positions, *offsets; // [images][rows * columns], of list_patches
    const int32_t *counts;              // [images]
    long first, channels, stride;
    const float *gradient; // [images][rows * columns][stride]
    const uint8_t *route;  // likewise
    float *result;         // [channels][kernel_rows][kernel_columns]
} digits_plane_weight_gradient;

// Winograd's convolution F(m×m, k×k) of step 1 turns tiles of (m + k - 1)² pixels into as many points, of which the
// products with as many points of the weights become m × m outputs. Its adjoint gives the gradients.
typedef struct {
    long tile, kernel; // m, k: 2, 3 or 4, 3 or 2, 5
} digits_winograd;

// winograd_weights: panel[point * point_stride + r * DIGITS_PANEL + l] from the kernels of row r and column l,
// weights[tap * tap_stride + r * row_stride + l]. Columns from `columns` on are filled up with zeros.
typedef struct {
    digits_winograd form;
    long rows, columns; // columns <= DIGITS_PANEL
    const float *weights;
    long tap_stride, row_stride;
    float *panel;
    long point_stride;
} digits_winograd_weights;

// winograd_weight_gradient: from the gradient of a panel [points][channels][DIGITS_PANEL], the gradient of the weights,
// [k²][channels][DIGITS_PANEL].

// winograd_input: tiles of pixels -> transformed[point * point_stride + t * tile_stride + c].
typedef struct {
    digits_winograd form;
    long tiles, channels;
    const float *source;
    const int32_t *tile_offsets; // [tiles], the tile's first pixel
    long pixel_stride, row_stride;
    float *transformed;
    long point_stride, tile_stride;
} digits_winograd_input;

// winograd_input_gradient: adds to the tiles' pixels what the gradients of their points, of one panel,
// products[point * point_stride + t * DIGITS_PANEL + c], come to.
typedef struct {
    digits_winograd form;
    long tiles, channels; // channels <= DIGITS_PANEL
    const float *products;
    long point_stride;
    float *result;
    const int32_t *tile_offsets; // [tiles], the tile's first pixel
    long pixel_stride, row_stride;
} digits_winograd_input_gradient;

// winograd_output: products[point * point_stride + t * DIGITS_PANEL + o] of one panel -> the outputs of each tile, plus
// bias, with tail as of gather_gemm. Output (y, x) of tile t is at position position_offsets[t] + y * row_positions + x
// of the result; of a tile that reaches over the edge only heights[t] × widths[t] are written.
typedef struct {
    digits_winograd form;
    long tiles, columns; // columns <= DIGITS_PANEL are written
    const float *products;
    long point_stride;
    const float *bias; // [columns], or NULL
    int32_t relu;
    const int32_t *position_offsets, *heights, *widths; // [tiles]
    long row_positions;
    float *result; // [positions][result_stride]
    long result_stride;
} digits_winograd_output;

// winograd_output_gradient: the outputs' gradients -> transformed[point * point_stride + t * columns + o]. With a route
// they are those of pooled outputs, as of winograd_output_pool, and go to one place of each window; the others are 0. Such
// tiles are whole: heights and widths are not read.
typedef struct {
    digits_winograd form;
    long tiles, columns;
    const float *gradient;                              // [positions][columns]
    const uint8_t *route;                               // likewise, or NULL
    const int32_t *position_offsets, *heights, *widths; // [tiles], as of winograd_output
    long row_positions;
    float *transformed;
    long point_stride;
} digits_winograd_output_gradient;

// winograd_output_pool: as winograd_output, but of each 2×2 window the largest is kept as in gather_gemm_pool. The window
// in row r and column c of tile t is at position position_offsets[t] + r * row_positions + c of the result.
typedef struct {
    digits_winograd form;
    long tiles, columns; // columns <= DIGITS_PANEL are written
    const float *products;
    long point_stride;
    const float *bias; // [columns], or NULL
    int32_t relu;
    const int32_t *position_offsets; // [tiles]
    long row_positions;
    float *result; // [positions][result_stride]
    uint8_t *route;
    long result_stride;
} digits_winograd_output_pool;

// Blocks of channels: an image [rows][columns][channels] as [ceil(channels / width)][rows][columns][width], with strides
// that may leave room between rows and between blocks. In the last block only the channels that there are count.
typedef struct {
    long rows, columns, channels;
    long width; // channels in a block
    long row_stride, block_stride;
} digits_blocks;

// list_channels: the items of the data gradient. For each position p and each of `routes` (1 or 4) places in its
// window, group g = p * routes + place lists the channels o with gradient[p][o] != 0 and route[p][o] == place:
// values[g * columns + n], offsets[g * columns + n] = o * channel_stride, counts[g] of them, o ascending.
typedef struct {
    long positions, columns, routes;
    const float *gradient; // [positions][columns]
    const uint8_t *route;  // [positions][columns], or NULL where routes == 1
    int32_t channel_stride;
    float *values;     // [positions * routes][columns]
    int32_t *offsets;  // likewise
    int32_t *counts;   // [positions * routes]
} digits_list_channels;

// list_positions: the items of the weight gradient for channels [first, first + columns) of `stride`. Group o lists
// the positions of all images with gradient[image][p][first + o] != 0, in order: values[o * capacity + n], and
// offsets = image * image_stride + position_offsets[p * routes + route]. counts[o] <= capacity = images * positions.
typedef struct {
    long images, positions, first, columns, stride, routes;
    const float *gradient; // [images][positions][stride]
    const uint8_t *route;  // likewise, or NULL where routes == 1
    const int32_t *position_offsets; // [positions][routes]
    int32_t image_stride;
    long capacity;
    float *values;    // [columns][capacity]
    int32_t *offsets; // likewise
    int32_t *counts;  // [columns]
} digits_list_positions;

// Pooling of one image, x [input_rows][input_columns][channels] -> y [output_rows][output_columns][channels]. Windows
// may reach over the edge: what lies outside does not count (average: neither in the sum nor in the divisor).
// route: the largest one's place in its window, row by row (windows have at most 65,536 elements); the first of
// equals; a NaN wins. *_backward add to dx.
typedef struct {
    long input_rows, input_columns, channels, output_rows, output_columns;
    long window_rows, window_columns, stride_rows, stride_columns;
    long padding_top, padding_left;
} digits_pooling;

// relu: y = max(0, x), NaN kept. relu_backward: dx = dy where y > 0, else 0.
// leaky_relu: y = x where x >= 0, else slope * x. dx = dy where x > 0, else slope * dy (as TensorFlow at 0).
// x and y, dy and dx may be the same buffer.

// channel_sums:        sums[c] = sum over rows of x[r][c]
// channel_moments:     sums[c] = sum over rows of d[r][c], squares[c] = sum over rows of d[r][c]², d = x - centre[c]
// channel_gradients:   sums[c] = sum over rows of g[r][c], products[c] = sum over rows of g[r][c] * (x[r][c] - centre[c])
// channel_affine:      y[r][c] = tail(x[r][c] * scale[c] + shift[c]), tail as of gather_gemm
// channel_affine_pair: y[r][c] = g[r][c] * scale_u[c] + v[r][c] * scale_v[c] + shift[c]; u and y may be the same buffer.
// g is a gradient, dy or u. Where gate_shift is not NULL, it passes a ReLU that came after channel_affine, and is 0 where
// the affine map of x (gate_scale, gate_shift) or of v (scale_u, gate_shift) is not above 0: the same bits, so the same
// places.
// Row r starts at r * stride, channels <= stride. Sums are taken in blocks of 64 rows to keep rounding small.

// thicken_image: result = (pixel * (256 - |amount|) + extreme * |amount| + 128) / 256, where the extreme is the largest of the
// pixel and its neighbours above, below, left and right (amount > 0) or the smallest (amount < 0); amount is -256…256.

// warp_image: for rows r of [first_row, end_row), result[r - first_row][c] = scale * (bilinear(place of (r, c)) + noise[r][c], cut to 0…255) + shift. A pixel of the result
// comes from column x and row y of the source,
//   x = x_place[0] * c + x_place[1] * r + x_place[2]
//     + sum over i, j < knots of row_weights[r][i] * column_weights[j][c] * displacements[i][0][j],
// y likewise with y_place and displacements[i][1]. Places beyond the edges are 0; one that is not a number counts as beyond.
#define DIGITS_WARP_KNOTS 8
typedef struct {
    long rows, columns; // of the source and of the whole result
    long first_row, end_row;
    // The source's pixel (y, x) is at (y + 1) * (columns + 3) + x + 1; around are zeros, one row and column before and two
    // behind. Two bytes more are read and do not matter: (rows + 3) * (columns + 3) + 2 in all.
    const uint8_t *frame;
    float x_place[3], y_place[3];
    long knots;                  // 0…DIGITS_WARP_KNOTS
    const float *row_weights;    // [rows][DIGITS_WARP_KNOTS]
    const float *column_weights; // [knots][columns]
    const float *displacements;  // [knots][2][DIGITS_WARP_KNOTS]
    const float *noise;          // [rows][columns], or NULL for none; without it, nothing is cut
    float scale, shift;
    float *result; // [end_row - first_row][columns]
} digits_warp;

// sgd: with momentum 0, parameters -= learning_rate * g. Otherwise velocity = momentum * velocity - learning_rate * g,
// parameters += velocity, or with nesterov parameters += momentum * velocity - learning_rate * g. (Keras's form.)
typedef struct {
    float learning_rate, momentum;
    int32_t nesterov;
} digits_sgd;

// adam: m += (g - m) * (1 - beta1); v += (g² - v) * (1 - beta2);
// parameters = parameters * (1 - decay) - step_size * m / (sqrt(v) + epsilon),
// step_size = learning_rate * sqrt(1 - beta2^t) / (1 - beta1^t). (Keras's form; decay = learning_rate * weight decay.)
typedef struct {
    float step_size, beta1, beta2, epsilon, decay;
} digits_adam;

// rmsprop: s = rho * s + (1 - rho) * g²; d = learning_rate * g / sqrt(s + epsilon);
// with momentum 0, parameters -= d; otherwise velocity = momentum * velocity + d, parameters -= velocity.
typedef struct {
    float learning_rate, rho, momentum, epsilon;
} digits_rmsprop;

// One instruction set's kernels.
typedef struct {
    const char *name; // "reference", "portable", "avx2", "avx512"
    long block;       // channels in a block of a convolution's input that suit this set
#define DIGITS_KERNEL(name, parameters) void(*name) parameters;
#include "kernels.inc"
#undef DIGITS_KERNEL
} digits_kernels;

// The sets that this machine can run, the fastest first; returns how many (never more than 4).
int digits_available_kernels(const digits_kernels *sets[4]);

// While denormals are flushed to zero, arithmetic on the dying weights' moments is not a hundred times slower.
// `digits_flush_denormals` returns the thread's former floating-point state, which `digits_restore` puts back.
uint64_t digits_flush_denormals(void);
void digits_restore(uint64_t state);

// Tells the processor that this is a spin-wait.
void digits_pause(void);

#endif
