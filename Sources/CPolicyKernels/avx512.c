#include "sets.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma"))), apply_to = function)
#define SET cpolicy_avx512
#define SET_NAME "avx512"
#define LANES 16
#define ROWS 12
#include "kernels.h"
#pragma clang attribute pop
#endif
