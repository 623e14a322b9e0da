/* The vectors of a set, and what the language has no operator for. */
#include <math.h>
#include <string.h>

typedef float vec __attribute__((ext_vector_type(LANES)));
typedef int32_t ivec __attribute__((ext_vector_type(LANES)));
typedef int8_t bvec __attribute__((ext_vector_type(LANES)));

static inline vec load(const float *from) {
    vec value;
    memcpy(&value, from, sizeof value);
    return value;
}

static inline void store(float *to, vec value) { memcpy(to, &value, sizeof value); }

/* The first n lanes; the others are `rest`. */
static inline vec load_part(const float *from, long n, float rest) {
    vec value = rest;
    memcpy(&value, from, (unsigned long)n * sizeof(float));
    return value;
}

static inline void store_part(float *to, vec value, long n) { memcpy(to, &value, (unsigned long)n * sizeof(float)); }

static inline float sum_of(vec value) {
    float lanes[LANES];
    memcpy(lanes, &value, sizeof value);
    for (long width = LANES / 2; width > 0; width /= 2)
        for (long i = 0; i < width; i++) lanes[i] += lanes[i + width];
    return lanes[0];
}

static inline vec greater_of(vec a, vec b) { return __builtin_elementwise_max(a, b); }

static inline float max_of(vec value) {
    float greatest = value[0];
    for (long i = 1; i < LANES; i++) greatest = value[i] > greatest ? value[i] : greatest;
    return greatest;
}

/* exp to a relative error of 1.2e-7; 0 below -87.3, and what 88.3 has above. Reference: Cephes, expf.c. */
static inline vec exp_of(vec x) {
    const vec least = -87.3f, most = 88.3f, shift = 12582912.0f;
    ivec alive = x > least;
    x = __builtin_elementwise_min(x, most);
    x = greater_of(x, least);
    vec turns = x * 1.44269504088896341f + shift;
    ivec exponent = ((ivec)turns - (ivec)shift + 127) << 23;
    turns -= shift;
    vec r = x - turns * 0.693359375f;
    r = r + turns * 2.12194440e-4f;
    vec p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    vec e = p * (r * r) + r + 1.0f;
    e *= (vec)exponent;
    return (vec)((ivec)e & alive);
}
