/* One set of kernels. Needs SET, SET_NAME, LANES (floats of a vector) and ROWS (rows of a panel of A). */
#include "vectors.h"

#include "products.h"
#include "bytes.h"
#include "packing.h"
#include "rows.h"
#include "logits.h"
#include "optimizer.h"

const struct cpolicy_kernels SET = {
    .name = SET_NAME,
    .rows = ROWS,
    .pack_a = pack_a,
    .pack_b = pack_b,
    .pack_b8 = pack_b8,
    .multiply = multiply,
    .multiply8 = multiply8,
    .add = add,
    .normalize = normalize,
    .normalize_backward = normalize_backward,
    .rotate = rotate,
    .gate = gate,
    .gate_backward = gate_backward,
    .softmax = softmax,
    .softmax_backward = softmax_backward,
    .summarize = summarize,
    .logits_backward = logits_backward,
    .probabilities = probabilities,
    .argmax = argmax,
    .square_sum = square_sum,
    .adamw = adamw,
};
