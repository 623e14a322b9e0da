/* What the parts of the library share. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Whether this process is a zygote, and not yet a run. */
bool is_waiting(void);

/* memory.c: at the start, and when everything is loaded */
void memory_begin(void);
void memory_settle(void);

/* finish.c: when everything is loaded */
void finish_settle(void);
