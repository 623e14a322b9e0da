/* Products of packed panels. A panel of C is held in registers while k runs. */
#define STRIP (2 * LANES)

#define MICRO(count)                                                                                                     \
    static void micro_##count(const float *a, const float *b, long k, float *c, long c_stride, enum cpolicy_sum sum) {       \
        vec sums[count][2];                                                                                              \
        _Pragma("unroll") for (int i = 0; i < count; i++) {                                                              \
            sums[i][0] = sum == CPOLICY_CONTINUES ? load(c + i * c_stride) : (vec)0.0f;                                  \
            sums[i][1] = sum == CPOLICY_CONTINUES ? load(c + i * c_stride + LANES) : (vec)0.0f;                          \
        }                                                                                                                \
        for (long step = 0; step < k; step++) {                                                                          \
            vec left = load(b), right = load(b + LANES);                                                                 \
            _Pragma("unroll") for (int i = 0; i < count; i++) {                                                          \
                vec factor = a[i];                                                                                       \
                sums[i][0] += factor * left;                                                                             \
                sums[i][1] += factor * right;                                                                            \
            }                                                                                                            \
            a += count;                                                                                                  \
            b += CPOLICY_COLUMNS;                                                                                        \
        }                                                                                                                \
        _Pragma("unroll") for (int i = 0; i < count; i++) {                                                              \
            if (sum == CPOLICY_ADDS) {                                                                                   \
                sums[i][0] += load(c + i * c_stride);                                                                    \
                sums[i][1] += load(c + i * c_stride + LANES);                                                            \
            }                                                                                                            \
            store(c + i * c_stride, sums[i][0]);                                                                         \
            store(c + i * c_stride + LANES, sums[i][1]);                                                                 \
        }                                                                                                                \
    }

MICRO(1)
MICRO(2)
MICRO(3)
MICRO(4)
MICRO(5)
MICRO(6)
#if ROWS > 6
MICRO(7)
MICRO(8)
MICRO(9)
MICRO(10)
MICRO(11)
MICRO(12)
#endif

typedef void (*micro)(const float *, const float *, long, float *, long, enum cpolicy_sum);

static const micro micros[ROWS + 1] = {
    0,       micro_1, micro_2, micro_3, micro_4, micro_5, micro_6,
#if ROWS > 6
    micro_7, micro_8, micro_9, micro_10, micro_11, micro_12,
#endif
};

/* Rows of one panel of A by one panel of B, of which only `n` columns are wanted. */
static inline void multiply_panel(const float *a, long rows, const float *b, float *c, long c_stride, long n, long k,
                                  enum cpolicy_sum sum) {
    for (long column = 0; column < n; column += STRIP) {
        if (n - column >= STRIP) {
            micros[rows](a, b + column, k, c + column, c_stride, sum);
            continue;
        }
        float edge[ROWS * STRIP] = {0};
        unsigned long width = (unsigned long)(n - column) * sizeof(float);
        if (sum != CPOLICY_SETS)
            for (long i = 0; i < rows; i++) memcpy(edge + i * STRIP, c + i * c_stride + column, width);
        micros[rows](a, b + column, k, edge, STRIP, sum);
        for (long i = 0; i < rows; i++) memcpy(c + i * c_stride + column, edge + i * STRIP, width);
    }
}

/* Elements of k in a chain: a piece of a panel of B stays in the first cache, and short chains round less. */
static inline long depth_of(long k) {
    long parts = (k + CPOLICY_CHAIN - 1) / CPOLICY_CHAIN;
    return (k + parts - 1) / parts;
}

static void multiply(const float *a, long depth, long start, const float *b, float *c, long c_stride, long m, long n, long k,
                     enum cpolicy_sum sum) {
    if (k == 0) {
        if (sum == CPOLICY_SETS)
            for (long i = 0; i < m; i++) memset(c + i * c_stride, 0, (unsigned long)n * sizeof(float));
        return;
    }
    long part = depth_of(k);
    long block = 98304 / part / ROWS * ROWS;
    if (block < ROWS) block = ROWS;
    for (long k0 = 0; k0 < k; k0 += part) {
        long width = k - k0 < part ? k - k0 : part;
        for (long m0 = 0; m0 < m; m0 += block) {
            long end = m - m0 < block ? m : m0 + block;
            for (long column = 0; column < n; column += CPOLICY_COLUMNS) {
                long columns = n - column < CPOLICY_COLUMNS ? n - column : CPOLICY_COLUMNS;
                const float *panel = b + column * k + k0 * CPOLICY_COLUMNS;
                for (long row = m0; row < end; row += ROWS) {
                    long rows = m - row < ROWS ? m - row : ROWS;
                    multiply_panel(a + row * depth + (start + k0) * rows, rows, panel, c + row * c_stride + column, c_stride,
                                   columns, width, k0 > 0 ? CPOLICY_ADDS : sum);
                }
            }
        }
    }
}
