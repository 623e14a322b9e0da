/* Work on rows of logits. */
static struct cpolicy_row summarize(const float *x, long n, float scale) {
    float most = greatest_of(x, n) * scale;
    vec sums = 0.0f, moments = 0.0f;
    long i = 0;
    for (; i + LANES <= n; i += LANES) {
        vec distance = load(x + i) * scale - most, e = exp_of(distance);
        sums += e;
        moments += e * distance;
    }
    if (i < n) {
        /* Lanes that are not there have probability 0, and 0 times a distance that is finite. */
        vec distance = greater_of(load_part(x + i, n - i, -INFINITY) * scale - most, (vec)-1e30f), e = exp_of(distance);
        sums += e;
        moments += e * distance;
    }
    float sum = sum_of(sums), log_sum = logf(sum);
    return (struct cpolicy_row){.log_sum = most + log_sum, .entropy = log_sum - sum_of(moments) / sum};
}

static inline vec logit_backward(vec x, float scale, struct cpolicy_row row, float dlog, float dentropy) {
    vec log_p = x * scale - row.log_sum, p = exp_of(log_p);
    return -scale * p * (dlog + dentropy * (greater_of(log_p, (vec)-1e30f) + row.entropy));
}

static void logits_backward(float *x, long n, float scale, struct cpolicy_row row, long target, float dlog, float dentropy) {
    long i = 0;
    for (; i + LANES <= n; i += LANES) store(x + i, logit_backward(load(x + i), scale, row, dlog, dentropy));
    if (i < n) store_part(x + i, logit_backward(load_part(x + i, n - i, 0), scale, row, dlog, dentropy), n - i);
    x[target] += scale * dlog;
}

static void probabilities(const float *x, float *out, float *sums, long n, float scale, float log_sum) {
    for (long from = 0; from < n; from += 256) {
        long end = n - from < 256 ? n : from + 256, i = from;
        vec sum = 0.0f;
        for (; i + LANES <= end; i += LANES) {
            vec p = exp_of(load(x + i) * scale - log_sum);
            store(out + i, p);
            sum += p;
        }
        if (i < end) {
            vec p = exp_of(load_part(x + i, end - i, -INFINITY) * scale - log_sum);
            store_part(out + i, p, end - i);
            sum += p;
        }
        sums[from / 256] = sum_of(sum);
    }
}

static long argmax(const float *x, long n) {
    float greatest = greatest_of(x, n);
    for (long i = 0; i < n; i++)
        if (x[i] == greatest) return i;
    return 0;
}
