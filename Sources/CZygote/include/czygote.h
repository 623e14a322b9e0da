/* The library that is preloaded into zygotes. It has no functions to call: it takes the place of fork(2). */
#pragma once
