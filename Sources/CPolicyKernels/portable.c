/* Sixteen bytes is what every processor with vectors has. */
#include "sets.h"

#define SET cpolicy_portable
#define SET_NAME "portable"
#define LANES 4
#define ROWS 6
#include "kernels.h"
