#include "include/cpolicy.h"

extern const struct cpolicy_kernels cpolicy_portable;
#if defined(__x86_64__)
extern const struct cpolicy_kernels cpolicy_avx2;
extern const struct cpolicy_kernels cpolicy_avx512;
#endif
