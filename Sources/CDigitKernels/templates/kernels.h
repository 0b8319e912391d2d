// All kernels of one instruction set, and its table.
#include "../vocabulary.h"

#include "gather_gemm.h"

#include "accumulate_windows.h"
#include "batch_gemm.h"
#include "blocks.h"
#include "channels.h"
#include "elementwise.h"
#include "lists.h"
#include "outer_gemm.h"
#include "plane.h"
#include "pooling.h"
#include "warp.h"
#include "winograd.h"

#define DIGITS_TEXT2(set) #set
#define DIGITS_TEXT(set) DIGITS_TEXT2(set)

const digits_kernels DIGITS_JOIN(digits_kernels, _, DIGITS_SET) = {
    .name = DIGITS_TEXT(DIGITS_SET),
    .block = DIGITS_BLOCK,
#define DIGITS_KERNEL(name, parameters) .name = DIGITS_NAME(name),
#include "../include/kernels.inc"
#undef DIGITS_KERNEL
};
