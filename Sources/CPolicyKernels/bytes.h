/* Products where B is bytes with scales. */

/* Elements of k in a chain where B is bytes. */
#define SPAN (2 * CPOLICY_GROUP)
/* Vectors of a row of a panel of B. */
#define PARTS (CPOLICY_COLUMNS / LANES)
/* Panels of B whose sums fit into the registers together. */
#define ABREAST (8 / PARTS)

static inline vec widen(const uint8_t *from) {
    bvec narrow;
    memcpy(&narrow, from, sizeof narrow);
    return __builtin_convertvector(narrow, vec);
}

/* One row of A by panels side by side: the chains of one panel are too few to hide how long a multiply-add takes, and a
   single row does not pay for floats that go through memory. The sums and their order are those of many rows. */
#define ONE_ROW(count)                                                                                                   \
    static void one_row_##count(const float *a, const uint8_t *b, float *c, long k, enum cpolicy_sum sum) {                  \
        for (long k0 = 0; k0 < k; k0 += SPAN) {                                                                          \
            long end = k - k0 < SPAN ? k : k0 + SPAN;                                                                    \
            vec sums[(count) * PARTS], scales[(count) * PARTS];                                                          \
            _Pragma("unroll") for (int i = 0; i < (count) * PARTS; i++)                                                  \
                sums[i] = k0 == 0 && sum == CPOLICY_CONTINUES ? load(c + i * LANES) : (vec)0.0f;                         \
            for (long group = k0; group < end; group += CPOLICY_GROUP) {                                                 \
                const uint8_t *panel = b + CPOLICY_BYTES(group);                                                         \
                _Pragma("unroll") for (int i = 0; i < (count) * PARTS; i++)                                              \
                    memcpy(scales + i, panel + i / PARTS * CPOLICY_BYTES(k) + i % PARTS * sizeof(vec), sizeof(vec));     \
                panel += CPOLICY_COLUMNS * sizeof(float);                                                                \
                long last = end - group < CPOLICY_GROUP ? end : group + CPOLICY_GROUP;                                   \
                for (long step = group; step < last; step++) {                                                           \
                    vec factor = a[step];                                                                                \
                    _Pragma("unroll") for (int i = 0; i < (count) * PARTS; i++)                                          \
                        sums[i] += factor * (widen(panel + i / PARTS * CPOLICY_BYTES(k) + i % PARTS * LANES) * scales[i]); \
                    panel += CPOLICY_COLUMNS;                                                                            \
                }                                                                                                        \
            }                                                                                                            \
            _Pragma("unroll") for (int i = 0; i < (count) * PARTS; i++) {                                                \
                if (k0 > 0 || sum == CPOLICY_ADDS) sums[i] += load(c + i * LANES);                                       \
                store(c + i * LANES, sums[i]);                                                                           \
            }                                                                                                            \
        }                                                                                                                \
    }

ONE_ROW(1)
#if LANES > 4
ONE_ROW(2)
#endif
#if LANES > 8
ONE_ROW(3)
ONE_ROW(4)
#endif

typedef void (*one_row)(const float *, const uint8_t *, float *, long, enum cpolicy_sum);

static const one_row one_rows[ABREAST + 1] = {
    0, one_row_1,
#if LANES > 4
    one_row_2,
#endif
#if LANES > 8
    one_row_3, one_row_4,
#endif
};

/* Bytes become floats a few rows of a panel at a time, in the first cache, from where every panel of A reads them. */
static void multiply8(const float *a, const uint8_t *b, float *c, long c_stride, long m, long n, long k,
                      enum cpolicy_sum sum) {
    long done = 0;
    while (m == 1 && n - done >= CPOLICY_COLUMNS) {
        long panels = (n - done) / CPOLICY_COLUMNS;
        if (panels > ABREAST) panels = ABREAST;
        one_rows[panels](a, b + done / CPOLICY_COLUMNS * CPOLICY_BYTES(k), c + done, k, sum);
        done += panels * CPOLICY_COLUMNS;
    }
    float wide[SPAN * CPOLICY_COLUMNS];
    for (long column = done; column < n; column += CPOLICY_COLUMNS) {
        long columns = n - column < CPOLICY_COLUMNS ? n - column : CPOLICY_COLUMNS;
        const uint8_t *panel = b + column / CPOLICY_COLUMNS * CPOLICY_BYTES(k);
        for (long k0 = 0; k0 < k; k0 += SPAN) {
            long width = k - k0 < SPAN ? k - k0 : SPAN;
            for (long group = 0; group < width; group += CPOLICY_GROUP) {
                float scales[CPOLICY_COLUMNS];
                memcpy(scales, panel, sizeof scales);
                const uint8_t *bytes = panel + sizeof scales;
                for (long row = 0; row < CPOLICY_GROUP; row++)
                    for (long lane = 0; lane < CPOLICY_COLUMNS; lane += LANES)
                        store(wide + (group + row) * CPOLICY_COLUMNS + lane,
                              widen(bytes + row * CPOLICY_COLUMNS + lane) * load(scales + lane));
                panel += CPOLICY_BYTES(CPOLICY_GROUP);
            }
            for (long row = 0; row < m; row += ROWS) {
                long rows = m - row < ROWS ? m - row : ROWS;
                multiply_panel(a + row * k + k0 * rows, rows, wide, c + row * c_stride + column, c_stride, columns, width,
                               k0 > 0 ? CPOLICY_ADDS : sum);
            }
        }
    }
}
