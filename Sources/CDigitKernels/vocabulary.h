// The vector vocabulary in which the kernels are written, once for every instruction set. The including file has
// defined DIGITS_SET (its name), DIGITS_WIDTH (floats in a vector) and DIGITS_ACCUMULATORS (vectors that a kernel may
// hold in registers), perhaps DIGITS_AVX2 or DIGITS_AVX512 (where that set has instructions that the compiler does not
// find), and has opened a region with the set's target attribute.
//
// A comparison gives a mask: all bits of a lane set or none.

// A product and a sum of one expression are one rounding where the set has such an instruction, two where it has none; across
// expressions never. Which bits a set gives depends on it.
#pragma clang fp contract(on)

#define DIGITS_JOIN3(a, b, c) a##b##c
#define DIGITS_JOIN(a, b, c) DIGITS_JOIN3(a, b, c)
// The name of this set's definition of a kernel: digits_<kernel>_<set>.
#define DIGITS_NAME(kernel) DIGITS_JOIN(digits_##kernel, _, DIGITS_SET)

// Channels in a block: one vector, but not less than what a cache line makes worth while.
#define DIGITS_BLOCK (DIGITS_WIDTH < 8 ? 8 : DIGITS_WIDTH)

#define INLINE static inline __attribute__((always_inline, unused))
#define UNROLL _Pragma("clang loop unroll(full)")
#define ROLLED _Pragma("clang loop unroll(disable)")

typedef float vec __attribute__((vector_size(4 * DIGITS_WIDTH)));
typedef float vec_unaligned __attribute__((vector_size(4 * DIGITS_WIDTH), aligned(4)));
typedef int32_t mask __attribute__((vector_size(4 * DIGITS_WIDTH)));
typedef uint8_t bytes __attribute__((vector_size(DIGITS_WIDTH)));
typedef uint16_t halves __attribute__((vector_size(2 * DIGITS_WIDTH)));

INLINE vec load(const float *p) { return *(const vec_unaligned *)p; }
INLINE void store(float *p, vec x) { *(vec_unaligned *)p = x; }
INLINE vec broadcast(float x) { return x - (vec){}; } // x - 0 keeps the sign of -0
INLINE vec fma_(vec a, vec b, vec c) { return a * b + c; } // contracted where the set has it
INLINE vec select_(mask m, vec a, vec b) { return (vec)((m & (mask)a) | (~m & (mask)b)); }
INLINE mask select_mask(mask m, mask a, mask b) { return (m & a) | (~m & b); }
INLINE vec square_root(vec x) { return __builtin_elementwise_sqrt(x); }

// max(0, x) that keeps NaN.
INLINE vec rectify(vec x) { return select_(x <= (vec){}, (vec){}, x); }

// The first n < DIGITS_WIDTH floats; the other lanes are 0 and their memory is not touched.
INLINE vec load_tail(const float *p, long n) {
#if defined(DIGITS_AVX512)
    return (vec)_mm512_maskz_loadu_ps((__mmask16)((1u << n) - 1), p);
#elif defined(DIGITS_AVX2)
    return (vec)_mm256_maskload_ps(p, _mm256_loadu_si256((const __m256i *)(digits_tail_mask + 8 - n)));
#else
    float lanes[DIGITS_WIDTH] = {0};
    for (long i = 0; i < n; i++) lanes[i] = p[i];
    return load(lanes);
#endif
}

INLINE void store_tail(float *p, long n, vec x) {
#if defined(DIGITS_AVX512)
    _mm512_mask_storeu_ps(p, (__mmask16)((1u << n) - 1), (__m512)x);
#elif defined(DIGITS_AVX2)
    _mm256_maskstore_ps(p, _mm256_loadu_si256((const __m256i *)(digits_tail_mask + 8 - n)), (__m256)x);
#else
    for (long i = 0; i < n; i++) p[i] = x[i];
#endif
}

// n floats, whole vector or tail.
INLINE vec load_n(const float *p, long n) { return n >= DIGITS_WIDTH ? load(p) : load_tail(p, n); }
INLINE void store_n(float *p, long n, vec x) {
    if (n >= DIGITS_WIDTH)
        store(p, x);
    else
        store_tail(p, n, x);
}

// The first `size` bytes, at most 31: in a few moves, where memcpy would be a call.
INLINE void copy_few(void *to, const void *from, long size) {
    UNROLL for (int part = 16; part >= 1; part /= 2)
        if (size & part) {
            __builtin_memcpy(to, from, (unsigned long)part);
            to = (char *)to + part;
            from = (const char *)from + part;
        }
}

// Small integers of a mask-typed vector, stored as bytes or 16-bit words.
INLINE void store_bytes(uint8_t *p, long n, mask x) {
    bytes narrow = __builtin_convertvector(x, bytes);
    if (n >= DIGITS_WIDTH)
        __builtin_memcpy(p, &narrow, DIGITS_WIDTH);
    else
        copy_few(p, &narrow, n);
}
INLINE void store_halves(uint16_t *p, long n, mask x) {
    halves narrow = __builtin_convertvector(x, halves);
    if (n >= DIGITS_WIDTH)
        __builtin_memcpy(p, &narrow, 2 * DIGITS_WIDTH);
    else
        copy_few(p, &narrow, 2 * n);
}

// n bytes as integers; the other lanes are 0.
INLINE mask load_bytes(const uint8_t *p, long n) {
    bytes narrow = {};
    if (n >= DIGITS_WIDTH)
        __builtin_memcpy(&narrow, p, DIGITS_WIDTH);
    else
        copy_few(&narrow, p, n);
    return __builtin_convertvector(narrow, mask);
}

// Lane by lane, low[index] or for an index from 4 on high[index - 4]; n <= 4 floats of each are read.
INLINE vec lookup(const float *low, const float *high, int n, mask index) {
#if defined(DIGITS_AVX2) || defined(DIGITS_AVX512)
    __m128 rows[2] = {_mm_setzero_ps(), _mm_setzero_ps()};
    __builtin_memcpy(&rows[0], low, 4 * (unsigned long)n);
    __builtin_memcpy(&rows[1], high, 4 * (unsigned long)n);
    __m256 table = _mm256_set_m128(rows[1], rows[0]);
#if defined(DIGITS_AVX512)
    return (vec)_mm512_permutexvar_ps((__m512i)index, _mm512_castps256_ps512(table));
#else
    return (vec)_mm256_permutevar8x32_ps(table, (__m256i)index);
#endif
#else
    (void)n;
    vec result;
    for (int l = 0; l < DIGITS_WIDTH; l++) result[l] = index[l] < 4 ? low[index[l]] : high[index[l] - 4];
    return result;
#endif
}

// Lane by lane, the four bytes from an offset on, the first one lowest.
INLINE mask gather_words(const uint8_t *p, mask offset) {
#if defined(DIGITS_AVX512)
    return (mask)_mm512_i32gather_epi32((__m512i)offset, p, 1);
#elif defined(DIGITS_AVX2)
    return (mask)_mm256_i32gather_epi32((const int *)p, (__m256i)offset, 1);
#else
    mask result;
    for (int l = 0; l < DIGITS_WIDTH; l++) {
        int32_t word;
        __builtin_memcpy(&word, p + offset[l], 4);
        result[l] = word;
    }
    return result;
#endif
}

// One bit for each lane, the first lane's the lowest.
INLINE uint64_t lane_bits(mask m) {
#if defined(DIGITS_AVX512)
    return _mm512_movepi32_mask((__m512i)m);
#elif defined(DIGITS_AVX2)
    return (uint64_t)_mm256_movemask_ps((__m256)m);
#else
    uint64_t bits = 0;
    for (int l = 0; l < DIGITS_WIDTH; l++) bits |= (uint64_t)(m[l] & 1) << l;
    return bits;
#endif
}

// Keeps the larger of *best and candidate, and its place; the first of equals; a NaN wins and stays.
INLINE void keep_larger(vec candidate, int place, vec *best, mask *best_place) {
    mask better = ~(candidate <= *best) & (*best == *best);
    *best = select_(better, candidate, *best);
    *best_place = select_mask(better, place - (mask){}, *best_place);
}
