// Which instruction sets this machine, and its operating system, can run.
#include "include/digit_kernels.h"

extern const digits_kernels digits_kernels_reference, digits_kernels_portable;
#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>

extern const digits_kernels digits_kernels_avx2, digits_kernels_avx512;

// The processor must have the instructions (CPUID) and the system must save the registers (XCR0).
static void supported(int *avx2, int *avx512) {
    unsigned a, b, c, d;
    *avx2 = *avx512 = 0;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE) || !(c & bit_FMA)) return;
    unsigned low, high;
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return;
    const unsigned ymm_state = 0x6, zmm_state = 0xe6;
    const unsigned avx512_bits = bit_AVX512F | bit_AVX512BW | bit_AVX512DQ | bit_AVX512VL;
    *avx2 = (low & ymm_state) == ymm_state && (b & bit_AVX2);
    *avx512 = *avx2 && (low & zmm_state) == zmm_state && (b & avx512_bits) == avx512_bits;
}
#endif

int digits_available_kernels(const digits_kernels *sets[4]) {
    int n = 0;
#ifdef __x86_64__
    int avx2, avx512;
    supported(&avx2, &avx512);
    if (avx512) sets[n++] = &digits_kernels_avx512;
    if (avx2) sets[n++] = &digits_kernels_avx2;
#endif
    sets[n++] = &digits_kernels_portable;
    sets[n++] = &digits_kernels_reference;
    return n;
}

uint64_t digits_flush_denormals(void) {
#if defined(__x86_64__)
    const unsigned flush_to_zero = 0x8000, denormals_are_zero = 0x40;
    unsigned state = _mm_getcsr();
    _mm_setcsr(state | flush_to_zero | denormals_are_zero);
    return state;
#elif defined(__aarch64__)
    uint64_t state;
    __asm__ volatile("mrs %0, fpcr" : "=r"(state));
    __asm__ volatile("msr fpcr, %0" : : "r"(state | (1u << 24)));
    return state;
#else
    return 0;
#endif
}

void digits_restore(uint64_t state) {
#if defined(__x86_64__)
    _mm_setcsr((unsigned)state);
#elif defined(__aarch64__)
    __asm__ volatile("msr fpcr, %0" : : "r"(state));
#else
    (void)state;
#endif
}

void digits_pause(void) {
#if defined(__x86_64__)
    _mm_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}
