/* Work on single rows of activations. */
static void add(const float *x, float *y, long n) {
    for (long i = 0; i < n; i++) y[i] += x[i];
}

static inline float dot(const float *x, const float *y, long n) {
    vec sums = 0.0f;
    long i = 0;
    for (; i + LANES <= n; i += LANES) sums += load(x + i) * load(y + i);
    if (i < n) sums += load_part(x + i, n - i, 0) * load_part(y + i, n - i, 0);
    return sum_of(sums);
}

static void normalize(const float *x, const float *gain, float *out, long n, float epsilon) {
    float inverse = 1.0f / sqrtf(dot(x, x, n) / (float)n + epsilon);
    for (long i = 0; i < n; i++) out[i] = x[i] * inverse * gain[i];
}

static void normalize_backward(const float *x, const float *gain, const float *dout, float *dx, float *dgain, long n,
                               float epsilon) {
    float inverse = 1.0f / sqrtf(dot(x, x, n) / (float)n + epsilon);
    vec sums = 0.0f;
    long i = 0;
    for (; i + LANES <= n; i += LANES) sums += load(x + i) * load(gain + i) * load(dout + i);
    if (i < n) sums += load_part(x + i, n - i, 0) * load_part(gain + i, n - i, 0) * load_part(dout + i, n - i, 0);
    float mean = sum_of(sums) * inverse * inverse / (float)n;
    for (i = 0; i < n; i++) {
        dgain[i] += dout[i] * x[i] * inverse;
        dx[i] += inverse * (gain[i] * dout[i] - x[i] * mean);
    }
}

static void rotate(float *x, const float *cosine, const float *sine, long heads, long size, float sign) {
    long half = size / 2;
    for (long head = 0; head < heads; head++, x += size)
        for (long i = 0; i < half; i++) {
            float first = x[i], second = x[i + half], turn = sine[i] * sign;
            x[i] = first * cosine[i] - second * turn;
            x[i + half] = second * cosine[i] + first * turn;
        }
}

static inline vec gated(vec gate, vec up) { return gate / (1.0f + exp_of(-gate)) * up; }

static void gate(const float *gate_up, float *out, long n) {
    const float *up = gate_up + n;
    long i = 0;
    for (; i + LANES <= n; i += LANES) store(out + i, gated(load(gate_up + i), load(up + i)));
    if (i < n) store_part(out + i, gated(load_part(gate_up + i, n - i, 0), load_part(up + i, n - i, 0)), n - i);
}

static inline void gated_backward(vec *gate, vec *up, vec dout) {
    vec share = 1.0f / (1.0f + exp_of(-*gate));
    vec smooth = *gate * share;
    vec dgate = dout * *up * share * (1.0f + *gate * (1.0f - share));
    *up = dout * smooth;
    *gate = dgate;
}

static void gate_backward(float *gate_up, const float *dout, long n) {
    float *ups = gate_up + n;
    long i = 0;
    for (; i + LANES <= n; i += LANES) {
        vec gate = load(gate_up + i), up = load(ups + i);
        gated_backward(&gate, &up, load(dout + i));
        store(gate_up + i, gate);
        store(ups + i, up);
    }
    if (i < n) {
        vec gate = load_part(gate_up + i, n - i, 0), up = load_part(ups + i, n - i, 0);
        gated_backward(&gate, &up, load_part(dout + i, n - i, 0));
        store_part(gate_up + i, gate, n - i);
        store_part(ups + i, up, n - i);
    }
}

static inline float greatest_of(const float *x, long n) {
    vec greatest = -INFINITY;
    long i = 0;
    for (; i + LANES <= n; i += LANES) greatest = greater_of(greatest, load(x + i));
    if (i < n) greatest = greater_of(greatest, load_part(x + i, n - i, -INFINITY));
    return max_of(greatest);
}

static void softmax(float *x, long n, float scale) {
    float most = greatest_of(x, n) * scale;
    vec sums = 0.0f;
    long i = 0;
    for (; i + LANES <= n; i += LANES) {
        vec e = exp_of(load(x + i) * scale - most);
        sums += e;
        store(x + i, e);
    }
    if (i < n) {
        vec e = exp_of(load_part(x + i, n - i, -INFINITY) * scale - most);
        sums += e;
        store_part(x + i, e, n - i);
    }
    float inverse = 1.0f / sum_of(sums);
    for (i = 0; i < n; i++) x[i] *= inverse;
}

static void softmax_backward(const float *p, float *dp, long n, float scale) {
    float mean = dot(p, dp, n);
    for (long i = 0; i < n; i++) dp[i] = scale * p[i] * (dp[i] - mean);
}
