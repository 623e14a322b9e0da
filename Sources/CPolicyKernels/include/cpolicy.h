/* Arithmetic that has to be compiled for the vector unit of the machine it runs on.

   Each set of kernels is the same source, compiled for another width of vector; cpolicy_kernels() gives the widest one
   that the processor can run. Everything here is single-threaded, allocates nothing and keeps no state.

   Products are C (M, N) = A (M, K) B (K, N) of packed operands:
     A is cut into panels of `rows` rows; panel p begins at p * rows * K and holds its elements (k, row), where the last
       panel is as narrow as what is left;
     B is cut into panels of CPOLICY_COLUMNS columns, each (k, column), the last one filled up with zeros.
   An element of C is a sum, in the order of k, of chains of at most CPOLICY_CHAIN multiply-adds each, cut in a way that
   depends on K alone: the row of a batch has the same bits as that row alone. */
#ifndef CPOLICY_H
#define CPOLICY_H

#include <stdint.h>

#pragma clang assume_nonnull begin

enum { CPOLICY_COLUMNS = 32, CPOLICY_GROUP = 32, CPOLICY_CHAIN = 256 };

/* What a product does with what is in C. */
enum cpolicy_sum {
    /* Replaces it. */
    CPOLICY_SETS,
    /* Goes on with it: chains that were cut have the bits of one. */
    CPOLICY_CONTINUES,
    /* Adds itself to it at the end, which rounds less where C is large. */
    CPOLICY_ADDS,
};

/* What a row of logits comes to. */
struct cpolicy_row {
    /* Logarithm of the sum of exponentials, of the scaled logits. */
    float log_sum;
    /* Entropy of the softmax, in nats. */
    float entropy;
};

struct cpolicy_adamw {
    float rate, beta1, beta2, epsilon, decay;
    /* 1 - beta1^t and 1 - beta2^t. */
    float correction1, correction2;
    /* What gradients are multiplied by first. */
    float scale;
};

struct cpolicy_kernels {
    const char *name;
    /* Rows of a panel of A. */
    long rows;

    /* Packs A, where element (m, k) lies at a[m * row_stride + k * stride]. */
    void (*pack_a)(const float *a, long row_stride, long stride, long m, long k, float *packed);
    /* Packs B, where element (k, n) lies at b[k * stride + n * column_stride]. */
    void (*pack_b)(const float *b, long stride, long column_stride, long k, long n, float *packed);
    /* Packs the columns of B as bytes with a scale to each CPOLICY_GROUP elements of a column; see CPOLICY_BYTES. */
    void (*pack_b8)(const float *b, long stride, long column_stride, long k, long n, uint8_t *packed);
    /* C = A B, or as `sum` says, over k elements that begin at `start` of A's `depth`. */
    void (*multiply)(const float *a, long depth, long start, const float *b, float *c, long c_stride, long m, long n, long k,
                     enum cpolicy_sum sum);
    /* The same with bytes for B. */
    void (*multiply8)(const float *a, const uint8_t *b, float *c, long c_stride, long m, long n, long k,
                      enum cpolicy_sum sum);

    /* y += x */
    void (*add)(const float *x, float *y, long n);
    /* out = x / rms(x) * gain */
    void (*normalize)(const float *x, const float *gain, float *out, long n, float epsilon);
    /* dx += the gradient with respect to x; dgain += that with respect to gain. */
    void (*normalize_backward)(const float *x, const float *gain, const float *dout, float *dx, float *dgain, long n,
                               float epsilon);
    /* Turns pairs (i, i + size / 2) of each head by angles; sign -1 turns them back. */
    void (*rotate)(float *x, const float *cosine, const float *sine, long heads, long size, float sign);
    /* out = silu(gate) * up; both lie in one row, gate first. */
    void (*gate)(const float *gate_up, float *out, long n);
    /* Puts the gradient with respect to gate and up into their place. */
    void (*gate_backward)(float *gate_up, const float *dout, long n);
    /* x = softmax(scale * x) */
    void (*softmax)(float *x, long n, float scale);
    /* dp = scale * p * (dp - sum(dp * p)) */
    void (*softmax_backward)(const float *p, float *dp, long n, float scale);

    /* What softmax(scale * x) comes to. */
    struct cpolicy_row (*summarize)(const float *x, long n, float scale);
    /* x = d loss / d x, where dlog is that with respect to log softmax(scale * x)[target], dentropy to the entropy. */
    void (*logits_backward)(float *x, long n, float scale, struct cpolicy_row row, long target, float dlog, float dentropy);
    /* out = exp(scale * x - log_sum); sums holds the sum of each 256 of them. */
    void (*probabilities)(const float *x, float *out, float *sums, long n, float scale, float log_sum);
    /* The first of the greatest elements. */
    long (*argmax)(const float *x, long n);

    double (*square_sum)(const float *x, long n);
    void (*adamw)(float *w, const float *g, float *m, float *v, long n, const struct cpolicy_adamw *settings);
};

/* Bytes of one packed panel of bytes with k rows. */
#define CPOLICY_BYTES(k) (((k) + CPOLICY_GROUP - 1) / CPOLICY_GROUP * (CPOLICY_COLUMNS * 4 + CPOLICY_GROUP * CPOLICY_COLUMNS))

static inline long cpolicy_byte_panel(long k) { return CPOLICY_BYTES(k); }

/* Lets the other thread of a core work while this one waits. */
static inline void cpolicy_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

/* How many sets there are, of which not all need to run here. */
long cpolicy_set_count(void);
/* A set by its number, widest first; null where the processor cannot run it. */
const struct cpolicy_kernels *_Nullable cpolicy_set(long number);

#pragma clang assume_nonnull end
#endif
