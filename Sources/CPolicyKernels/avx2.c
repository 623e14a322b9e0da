#include "sets.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define SET cpolicy_avx2
#define SET_NAME "avx2"
#define LANES 8
#define ROWS 6
#include "kernels.h"
#pragma clang attribute pop
#endif
