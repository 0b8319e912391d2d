// Vectors of sixteen, 32 registers: server processors of Intel since 2017 and of AMD since 2022.
#include "include/digit_kernels.h"

#ifdef __x86_64__
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"))), \
                             apply_to = function)
#define DIGITS_SET avx512
#define DIGITS_WIDTH 16
#define DIGITS_AVX512
#define DIGITS_ACCUMULATORS 14
#include "templates/kernels.h"
#pragma clang attribute pop
#endif
