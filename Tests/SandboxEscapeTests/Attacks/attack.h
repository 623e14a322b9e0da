/* What every attack of this folder is written with.

   All files are linked into one static program, which runs the attack that its first argument names. An attack prints
   "ESCAPED: ..." for each thing that it was able to do and should not have been, and "tried" when it has tried everything;
   so silence is never taken for safety. Every attack bounds itself (memory, processes, time), so that a sandbox that
   fails to hold it is a failed test and not a dead machine. */
#pragma once
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MIB (1024L * 1024L)

/* The exit status of an attack that was held because something was refused. */
#define REFUSED 42

typedef int attack_function(int argc, char **argv);
void attack_register(const char *name, attack_function *function);

/* Defines an attack; `argv[0]` is its name, its arguments follow. */
#define ATTACK(name)                                                                                                   \
    static int name(int argc, char **argv);                                                                            \
    __attribute__((constructor)) static void register_##name(void) { attack_register(#name, name); }                   \
    static int name(__attribute__((unused)) int argc, __attribute__((unused)) char **argv)

/* Says that something was possible that must not be. */
void escaped(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Says so when the call gave anything but -1; `what` names the call. */
void expect_refused(const char *what, long result);

/* Says so when the path can be opened with the flags, and closes it. */
void expect_closed(const char *path, int flags);

/* Says that everything was tried; returns 0, the attack's exit status. */
int tried(void);

/* Writes to every byte, where no optimiser sees that nobody reads. */
void touch(void *space, size_t size);

/* Uses the processor for ever. */
_Noreturn void spin(void);

/* Waits for ever, using nothing. */
_Noreturn void wait_forever(void);

/* Sleeps that many milliseconds, whatever signals come. */
void sleep_milliseconds(long milliseconds);

/* The first argument as a number, or the default. */
long argument(int argc, char **argv, int index, long otherwise);

/* Ends the attack when the judge could be signalled: the flood of signals that follows would hit the whole machine. */
void stop_if_judge_is_in_reach(int argc, char **argv);
