// The contract of every kernel as naive loops: the oracle of the tests and the last resort. Sums are taken in double.
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "include/digit_kernels.h"

#pragma clang fp contract(on)

#include "reference/contraction.h"
#include "reference/elementwise.h"
#include "reference/plane.h"
#include "reference/pooling.h"
#include "reference/warp.h"
#include "reference/winograd.h"

const digits_kernels digits_kernels_reference = {
    .name = "reference",
    .block = 8,
#define DIGITS_KERNEL(name, parameters) .name = digits_##name##_reference,
#include "include/kernels.inc"
#undef DIGITS_KERNEL
};
