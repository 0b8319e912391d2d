// Vectors of four: SSE2, NEON, or whatever the compiler makes of them.
#include "include/digit_kernels.h"

#define DIGITS_SET portable
#define DIGITS_WIDTH 4
#define DIGITS_ACCUMULATORS 12
#include "templates/kernels.h"
