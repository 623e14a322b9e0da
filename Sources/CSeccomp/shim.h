#pragma once

#include <seccomp.h>

/* Function-like macros, which Swift does not import. */
static inline unsigned int cseccomp_errno(int error) { return SCMP_ACT_ERRNO((unsigned int)error); }
static inline unsigned int cseccomp_allow(void) { return SCMP_ACT_ALLOW; }
static inline unsigned int cseccomp_kill_process(void) { return SCMP_ACT_KILL_PROCESS; }
static inline int cseccomp_unknown(void) { return __NR_SCMP_ERROR; }
