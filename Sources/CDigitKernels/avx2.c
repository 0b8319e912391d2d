// Vectors of eight, fused multiply-add: x86-64 since 2013.
#include "include/digit_kernels.h"

#ifdef __x86_64__
#include <immintrin.h>

// Loaded at + 8 - n, the mask of the first n lanes.
static const int32_t digits_tail_mask[16] = {-1, -1, -1, -1, -1, -1, -1, -1};

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define DIGITS_SET avx2
#define DIGITS_WIDTH 8
#define DIGITS_AVX2
#define DIGITS_ACCUMULATORS 12
#include "templates/kernels.h"
#pragma clang attribute pop
#endif
