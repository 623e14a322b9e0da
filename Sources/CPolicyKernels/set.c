#include "sets.h"

#if defined(__x86_64__)
static const struct cpolicy_kernels *avx512(void) {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
                   __builtin_cpu_supports("avx512vl")
               ? &cpolicy_avx512
               : 0;
}

static const struct cpolicy_kernels *avx2(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &cpolicy_avx2 : 0;
}

long cpolicy_set_count(void) { return 3; }

const struct cpolicy_kernels *cpolicy_set(long number) {
    __builtin_cpu_init();
    switch (number) {
    case 0: return avx512();
    case 1: return avx2();
    case 2: return &cpolicy_portable;
    default: return 0;
    }
}
#else
long cpolicy_set_count(void) { return 1; }

const struct cpolicy_kernels *cpolicy_set(long number) { return number == 0 ? &cpolicy_portable : 0; }
#endif
