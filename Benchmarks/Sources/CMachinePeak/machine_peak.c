#include "include/machine_peak.h"

// Enough accumulators to hide a latency of 4 cycles at 2 (elsewhere 4) instructions a cycle, and few enough for 16 (32)
// registers.
#ifdef __x86_64__
enum { accumulators = 12 };
#else
enum { accumulators = 24 };
#endif

static volatile float sink;

// `rounds` times x = x * factor + addend in each accumulator. The factor is below 1, so that nothing overflows.
#define DEFINE_LOOP(name, width, attributes)                                                                           \
    attributes static double name(long rounds) {                                                                       \
        typedef float vector __attribute__((vector_size(width * 4)));                                                  \
        vector sums[accumulators], factor = (vector){} + 0.999f, addend = (vector){} + 0.001f;                         \
        for (int i = 0; i < accumulators; i++) sums[i] = (vector){} + (float)i;                                        \
        for (long r = 0; r < rounds; r++) {                                                                            \
            _Pragma("clang loop unroll(full)") for (int i = 0; i < accumulators; i++) {                                \
                _Pragma("clang fp contract(fast)") sums[i] = sums[i] * factor + addend;                                \
            }                                                                                                          \
            /* The compiler may not know that a round repeats the last one. */                                         \
            __asm__ volatile("" : : : "memory");                                                                       \
        }                                                                                                              \
        vector total = sums[0];                                                                                        \
        for (int i = 1; i < accumulators; i++) total += sums[i];                                                       \
        sink = total[0];                                                                                               \
        return 2.0 * width * accumulators * (double)rounds;                                                            \
    }

#ifdef __x86_64__
DEFINE_LOOP(run_512_bits, 16, __attribute__((target("avx512f"))))
DEFINE_LOOP(run_256_bits, 8, __attribute__((target("avx2,fma"))))
#endif
DEFINE_LOOP(run_128_bits, 4, )

const char *machine_peak_name(void) {
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512f")) return "AVX-512";
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "AVX2";
#endif
    return "128 bits";
}

double machine_peak_run(long rounds) {
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512f")) return run_512_bits(rounds);
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return run_256_bits(rounds);
#endif
    return run_128_bits(rounds);
}
