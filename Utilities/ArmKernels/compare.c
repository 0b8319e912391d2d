// Compares each portable kernel with the reference on one problem with a tail, in whole numbers from -3 to 3: most sums are
// then exact. The Swift tests are far more thorough; this one needs nothing but a C compiler and runs in an emulator.
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "digit_kernels.h"

extern const digits_kernels digits_kernels_portable, digits_kernels_reference;

enum { SIZE = 1 << 14 };
static float a[SIZE], b[SIZE], c[SIZE], d[SIZE], positive[SIZE];
static uint8_t places[SIZE], pixels[SIZE];
static int32_t offsets[SIZE];

// What a kernel writes, once by each set.
typedef struct {
    float x[SIZE], y[SIZE], z[SIZE];
    int32_t i[SIZE], j[SIZE], n[64];
    uint16_t wide[SIZE];
    uint8_t bytes[SIZE];
} results;
static results initial, found[2];

static int next_number(int count) {
    static uint32_t state = 1;
    state = state * 1664525 + 1013904223;
    return (int)((state >> 8) % (uint32_t)count);
}

static void fill(void) {
    for (int i = 0; i < SIZE; i++) {
        a[i] = (float)(next_number(7) - 3), b[i] = (float)(next_number(7) - 3);
        c[i] = (float)(next_number(7) - 3), d[i] = (float)(next_number(7) - 3);
        positive[i] = (float)(1 + next_number(5));
        places[i] = (uint8_t)next_number(4), pixels[i] = (uint8_t)next_number(256);
        offsets[i] = 3 * i;
        initial.x[i] = (float)(next_number(7) - 3), initial.y[i] = (float)(1 + next_number(3));
        initial.z[i] = (float)(next_number(7) - 3);
    }
}

static void check_pack_panels(const digits_kernels *k, results *r) { k->pack_panels(19, 7, a, r->x); }
static void check_unpack_panel(const digits_kernels *k, results *r) { k->unpack_panel(13, 7, a, r->x, 9); }

static digits_gather_gemm gemm(results *r) {
    return (digits_gather_gemm){7, 19, a, offsets, 3, 5, offsets, b, c, 1, r->x, 21};
}
static void check_gather_gemm(const digits_kernels *k, results *r) {
    digits_gather_gemm p = gemm(r);
    k->gather_gemm(&p);
}
static void check_gather_gemm_pool(const digits_kernels *k, results *r) {
    digits_gather_gemm_pool p = {gemm(r), {0, 1, 4, 5}, r->bytes};
    k->gather_gemm_pool(&p);
}
static void check_batch_gemm(const digits_kernels *k, results *r) {
    digits_batch_gemm p = {3, 7, 5, a, 40, b, r->x, 120};
    k->batch_gemm(&p);
}
static void check_batch_outer_gemm(const digits_kernels *k, results *r) {
    digits_batch_outer_gemm p = {3, 7, 13, 5, a, 40, b, 80, 15, 0, r->x};
    k->batch_outer_gemm(&p);
}
static void check_outer_gemm(const digits_kernels *k, results *r) {
    digits_outer_gemm p = {7, 13, 5, a, offsets, NULL, b, 15, 0, r->x, 14};
    k->outer_gemm(&p);
}
static void check_accumulate_windows(const digits_kernels *k, results *r) {
    static const int32_t starts[2] = {0, 5}, counts[2] = {4, 3}, result_offsets[2] = {0, 100};
    digits_accumulate_windows p = {2, starts, counts, a, offsets, 3, 3, 7, b, 30, 8, 0, r->x, result_offsets, 24, 7};
    k->accumulate_windows(&p);
}

// Seven rows of nine pixels, a third of which are not 0.
static digits_plane plane(void) {
    static float sparse[SIZE];
    for (int i = 0; i < SIZE; i++) sparse[i] = i % 3 == 0 ? a[i] : 0;
    return (digits_plane){3, 4, 2, 2, sparse, 12};
}
static void check_list_patches(const digits_kernels *k, results *r) {
    digits_plane p = plane();
    k->list_patches(&p, r->i, r->j, r->n);
}
static void check_plane_pool(const digits_kernels *k, results *r) {
    results *list = calloc(1, sizeof(results));
    digits_plane p = plane();
    digits_kernels_reference.list_patches(&p, list->i, list->j, list->n);
    digits_plane_pool q = {p, list->i, list->j, list->n[0], 19, b, c, 1, r->x, r->bytes};
    k->plane_pool(&q);
    free(list);
}
static void check_plane_weight_gradient(const digits_kernels *k, results *r) {
    results *list = calloc(1, sizeof(results));
    digits_plane p = plane();
    digits_kernels_reference.list_patches(&p, list->i, list->j, list->n);
    digits_plane_weight_gradient q = {p, 1, 0, list->i, list->j, list->n, 0, 19, 19, b, places, r->x};
    k->plane_weight_gradient(&q);
    free(list);
}

static const digits_winograd form = {4, 3};
static const int32_t heights[2] = {4, 3}, widths[2] = {4, 2};
static void check_winograd_weights(const digits_kernels *k, results *r) {
    digits_winograd_weights p = {form, 5, 13, a, 80, 16, r->x, 80};
    k->winograd_weights(&p);
}
static void check_winograd_weight_gradient(const digits_kernels *k, results *r) {
    k->winograd_weight_gradient(&form, 5, a, r->x);
}
static void check_winograd_input(const digits_kernels *k, results *r) {
    digits_winograd_input p = {form, 2, 19, a, offsets, 20, 140, r->x, 50, 20};
    k->winograd_input(&p);
}
static void check_winograd_input_gradient(const digits_kernels *k, results *r) {
    digits_winograd_input_gradient p = {form, 2, 13, a, 32, r->x, offsets, 20, 140};
    k->winograd_input_gradient(&p);
}
static void check_winograd_output(const digits_kernels *k, results *r) {
    static const int32_t positions[2] = {0, 4};
    digits_winograd_output p = {form, 2, 13, a, 32, b, 1, positions, heights, widths, 9, r->x, 14};
    k->winograd_output(&p);
}
static void check_winograd_output_gradient(const digits_kernels *k, results *r) {
    static const int32_t positions[2] = {0, 4};
    digits_winograd_output_gradient p = {form, 2, 13, a, NULL, positions, heights, widths, 9, r->x, 32};
    k->winograd_output_gradient(&p);
}
static void check_winograd_output_pool(const digits_kernels *k, results *r) {
    static const int32_t positions[2] = {0, 2};
    digits_winograd_output_pool p = {form, 2, 13, a, 32, b, 1, positions, 5, r->x, r->bytes, 14};
    k->winograd_output_pool(&p);
}

static const digits_blocks blocks = {3, 5, 13, 8, 43, 130};
static void check_image_to_blocks(const digits_kernels *k, results *r) { k->image_to_blocks(&blocks, a, r->x); }
static void check_blocks_to_image(const digits_kernels *k, results *r) { k->blocks_to_image(&blocks, a, r->x); }

// What lies behind a group's count is not part of a list.
static void cut(results *r, long groups, long capacity) {
    for (long g = 0; g < groups; g++)
        for (long i = r->n[g]; i < capacity; i++) r->x[g * capacity + i] = 0, r->i[g * capacity + i] = 0;
}
static void check_list_channels(const digits_kernels *k, results *r) {
    digits_list_channels p = {7, 13, 4, a, places, 11, r->x, r->i, r->n};
    k->list_channels(&p);
    cut(r, 28, 13);
}
static void check_list_positions(const digits_kernels *k, results *r) {
    digits_list_positions p = {2, 7, 3, 13, 20, 4, a, places, offsets, 1000, 14, r->x, r->i, r->n};
    k->list_positions(&p);
    cut(r, 13, 14);
}

static const digits_pooling pooling = {5, 6, 13, 5, 6, 3, 3, 1, 1, 1, 1};
static void check_max_pool(const digits_kernels *k, results *r) { k->max_pool(&pooling, a, r->x, r->wide); }
static void check_max_pool_backward(const digits_kernels *k, results *r) {
    static float y[SIZE];
    static uint16_t route[SIZE];
    digits_kernels_reference.max_pool(&pooling, a, y, route);
    k->max_pool_backward(&pooling, route, b, r->x);
}
static void check_average_pool(const digits_kernels *k, results *r) { k->average_pool(&pooling, a, r->x); }
static void check_average_pool_backward(const digits_kernels *k, results *r) {
    k->average_pool_backward(&pooling, a, r->x);
}

static void check_relu(const digits_kernels *k, results *r) { k->relu(61, a, r->x); }
static void check_relu_backward(const digits_kernels *k, results *r) { k->relu_backward(61, a, b, r->x); }
static void check_leaky_relu(const digits_kernels *k, results *r) { k->leaky_relu(61, 0.25f, a, r->x); }
static void check_leaky_relu_backward(const digits_kernels *k, results *r) {
    k->leaky_relu_backward(61, 0.25f, a, b, r->x);
}
static void check_channel_sums(const digits_kernels *k, results *r) { k->channel_sums(71, 15, 13, a, r->x); }
static void check_channel_moments(const digits_kernels *k, results *r) {
    k->channel_moments(71, 15, 13, a, b, r->x, r->y);
}
static void check_channel_gradients(const digits_kernels *k, results *r) {
    k->channel_gradients(71, 15, 13, a, b, c, d, positive, r->x, r->y);
}
static void check_channel_affine(const digits_kernels *k, results *r) { k->channel_affine(7, 15, 13, a, b, c, 1, r->x); }
static void check_channel_affine_pair(const digits_kernels *k, results *r) {
    k->channel_affine_pair(7, 15, 13, a, b, c, d, positive, positive, r->x);
}

static void check_thicken_image(const digits_kernels *k, results *r) {
    k->thicken_image(7, 19, 100, pixels, r->bytes);
}
static void check_warp_image(const digits_kernels *k, results *r) {
    static uint8_t frame[SIZE];
    for (int y = 0; y < 7; y++) memcpy(frame + (y + 1) * 22 + 1, pixels + y * 19, 19);
    digits_warp p = {.rows = 7, .columns = 19, .first_row = 0, .end_row = 7, .frame = frame,
                     .x_place = {0.75f, 0.25f, 1.5f}, .y_place = {-0.25f, 1, 2}, .knots = 0, .row_weights = a,
                     .column_weights = b, .displacements = c, .noise = d, .scale = 2, .shift = 1, .result = r->x};
    k->warp_image(&p);
}

static void check_sgd(const digits_kernels *k, results *r) {
    digits_sgd p = {0.5f, 0.5f, 1};
    k->sgd(61, &p, a, r->x, r->z);
}
static void check_adam(const digits_kernels *k, results *r) {
    digits_adam p = {0.5f, 0.5f, 0.75f, 1, 0.25f};
    k->adam(61, &p, a, r->x, r->y, r->z);
}
static void check_rmsprop(const digits_kernels *k, results *r) {
    digits_rmsprop p = {0.5f, 0.5f, 0.5f, 1};
    k->rmsprop(61, &p, a, r->y, r->x, r->z);
}

static const struct {
    const char *name;
    void (*check)(const digits_kernels *, results *);
} checks[] = {
#define DIGITS_KERNEL(name, parameters) {#name, check_##name},
#include "kernels.inc"
#undef DIGITS_KERNEL
};

static int differ(const float *x, const float *y) {
    for (int i = 0; i < SIZE; i++)
        if (!(fabsf(x[i] - y[i]) <= 1e-4f * (1 + fabsf(y[i])))) return 1;
    return 0;
}

int main(void) {
    int faults = 0, count = (int)(sizeof checks / sizeof *checks);
    fill();
    for (int i = 0; i < count; i++) {
        const digits_kernels *sets[2] = {&digits_kernels_portable, &digits_kernels_reference};
        for (int s = 0; s < 2; s++) {
            found[s] = initial;
            checks[i].check(sets[s], &found[s]);
        }
        const results *p = &found[0], *q = &found[1];
        int idle = memcmp(q, &initial, sizeof initial) == 0;
        int wrong = differ(p->x, q->x) || differ(p->y, q->y) || differ(p->z, q->z) ||
                    memcmp(p->i, q->i, sizeof *p - offsetof(results, i)) != 0;
        if (idle || wrong) printf("%s %s\n", checks[i].name, idle ? "was not asked for anything" : "differs");
        faults += idle || wrong;
    }
    printf("%d kernels, %d faults\n", count, faults);
    return faults != 0;
}
