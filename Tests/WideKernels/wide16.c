#include "wide_kernels.h"

// Every function that takes or returns a vector is inlined, so how one would be passed does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

#define DIGITS_SET wide16
#define DIGITS_WIDTH 16
#define DIGITS_ACCUMULATORS 14
#include "../../Sources/CDigitKernels/templates/kernels.h"
