/* The update of parameters. */
static double square_sum(const float *x, long n) {
    double sum = 0;
    /* Short sums in single precision, added up in double. */
    for (long i = 0; i < n; i += 4096) {
        long width = n - i < 4096 ? n - i : 4096;
        sum += (double)dot(x + i, x + i, width);
    }
    return sum;
}

/* Reference: Loshchilov, Hutter: Decoupled Weight Decay Regularization (arXiv:1711.05101), algorithm 2. */
static void adamw(float *w, const float *g, float *m, float *v, long n, const struct cpolicy_adamw *settings) {
    const struct cpolicy_adamw s = *settings;
    float keep = 1.0f - s.rate * s.decay, step = s.rate / s.correction1, spread = 1.0f / sqrtf(s.correction2);
    for (long i = 0; i < n; i++) {
        float gradient = g[i] * s.scale;
        m[i] = s.beta1 * m[i] + (1.0f - s.beta1) * gradient;
        v[i] = s.beta2 * v[i] + (1.0f - s.beta2) * gradient * gradient;
        w[i] = w[i] * keep - step * m[i] / (__builtin_sqrtf(v[i]) * spread + s.epsilon);
    }
}
