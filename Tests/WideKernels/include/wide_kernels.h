// The code that AVX-512 runs, as vectors of sixteen without that set's instructions, so that every machine can test
// its tiles, tails and panels.
#ifndef WIDE_KERNELS_H
#define WIDE_KERNELS_H

#include <digit_kernels.h>

extern const digits_kernels digits_kernels_wide16;

#endif
