/* Packing of operands; see cpolicy.h for how packed operands lie. */
static void pack_a(const float *a, long row_stride, long stride, long m, long k, float *packed) {
    for (long row = 0; row < m; row += ROWS) {
        long rows = m - row < ROWS ? m - row : ROWS;
        const float *from = a + row * row_stride;
        float *to = packed + row * k;
        if (row_stride == 1) {
            for (long step = 0; step < k; step++)
                for (long i = 0; i < rows; i++) to[step * rows + i] = from[step * stride + i];
            continue;
        }
        /* Pieces of a row, so that what is written stays in the first cache until all rows have been there. */
        for (long step0 = 0; step0 < k; step0 += 64) {
            long end = k - step0 < 64 ? k : step0 + 64;
            for (long i = 0; i < rows; i++) {
                const float *line = from + i * row_stride;
                for (long step = step0; step < end; step++) to[step * rows + i] = line[step * stride];
            }
        }
    }
}

static void pack_b(const float *b, long stride, long column_stride, long k, long n, float *packed) {
    for (long column = 0; column < n; column += CPOLICY_COLUMNS) {
        long columns = n - column < CPOLICY_COLUMNS ? n - column : CPOLICY_COLUMNS;
        const float *from = b + column * column_stride;
        float *to = packed + column * k;
        if (column_stride == 1 && columns == CPOLICY_COLUMNS) {
            for (long step = 0; step < k; step++)
                memcpy(to + step * CPOLICY_COLUMNS, from + step * stride, CPOLICY_COLUMNS * sizeof(float));
            continue;
        }
        if (columns < CPOLICY_COLUMNS) memset(to, 0, (unsigned long)k * CPOLICY_COLUMNS * sizeof(float));
        for (long step0 = 0; step0 < k; step0 += 16) {
            long end = k - step0 < 16 ? k : step0 + 16;
            for (long i = 0; i < columns; i++)
                for (long step = step0; step < end; step++)
                    to[step * CPOLICY_COLUMNS + i] = from[step * stride + i * column_stride];
        }
    }
}

/* A group is CPOLICY_COLUMNS scales and then CPOLICY_GROUP rows of bytes; the greatest of a column becomes 127. */
static void pack_b8(const float *b, long stride, long column_stride, long k, long n, uint8_t *packed) {
    for (long column = 0; column < n; column += CPOLICY_COLUMNS) {
        long columns = n - column < CPOLICY_COLUMNS ? n - column : CPOLICY_COLUMNS;
        uint8_t *to = packed + column / CPOLICY_COLUMNS * CPOLICY_BYTES(k);
        for (long k0 = 0; k0 < k; k0 += CPOLICY_GROUP) {
            long width = k - k0 < CPOLICY_GROUP ? k - k0 : CPOLICY_GROUP;
            float scales[CPOLICY_COLUMNS] = {0};
            int8_t bytes[CPOLICY_GROUP * CPOLICY_COLUMNS] = {0};
            for (long i = 0; i < columns; i++) {
                const float *from = b + k0 * stride + (column + i) * column_stride;
                float greatest = 0;
                for (long step = 0; step < width; step++) greatest = fmaxf(greatest, fabsf(from[step * stride]));
                if (greatest == 0) continue;
                scales[i] = greatest / 127.0f;
                for (long step = 0; step < width; step++)
                    bytes[step * CPOLICY_COLUMNS + i] = (int8_t)lrintf(from[step * stride] * (127.0f / greatest));
            }
            memcpy(to, scales, sizeof scales);
            memcpy(to + sizeof scales, bytes, sizeof bytes);
            to += CPOLICY_BYTES(CPOLICY_GROUP);
        }
    }
}
