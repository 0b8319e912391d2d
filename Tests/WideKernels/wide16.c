#include "wide_kernels.h"

#define DIGITS_SET wide16
#define DIGITS_WIDTH 16
#define DIGITS_ACCUMULATORS 14
#include "../../Sources/CDigitKernels/templates/kernels.h"
