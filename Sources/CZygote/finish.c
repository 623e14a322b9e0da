/* A short way out of CPython.
 *
 * An interpreter that ends takes itself apart, object by object, and in a forked child every object that is touched is a
 * page that is copied: more work than most programs do. What a program can see of that end are its own objects; where
 * it has none that would show (plugins/python/zygote decides that, in the interpreter), the rest may be left to the
 * kernel. The interpreter keeps its exit status on the stack of who called Py_FinalizeEx. So closing the descriptor
 * FINISH, which is none, makes Py_FinalizeEx return 0 to its caller, and that one goes on to exit as it would have.
 *
 * The caller's registers are found as a debugger finds them, by the unwind tables. Where Py_FinalizeEx is not on the
 * stack, or this is another architecture, close fails with EBADF, and the interpreter ends by itself. */
#include <dlfcn.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <unwind.h>

#include "parts.h"

enum { FINISH = -0x7265746f };

#if defined(__x86_64__)
/* rbx, rbp, r12 to r15, by their DWARF numbers. System V ABI, AMD64 supplement. */
static const int numbers[] = {3, 6, 12, 13, 14, 15};
#elif defined(__aarch64__)
/* x19 to x30. Procedure Call Standard for the Arm 64-bit Architecture. */
static const int numbers[] = {19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30};
#endif
enum { SAVED = sizeof numbers / sizeof *numbers };

struct caller {
    uintptr_t saved[SAVED], stack, next;
    uintptr_t function; /* whose caller is wanted */
    bool is_next, is_found;
};

static _Unwind_Reason_Code look(struct _Unwind_Context *context, void *pointer)
{
    struct caller *caller = pointer;
    if (caller->is_next) {
        for (int i = 0; i < SAVED; i++) caller->saved[i] = _Unwind_GetGR(context, numbers[i]);
        caller->stack = _Unwind_GetCFA(context);
        caller->next = _Unwind_GetIP(context);
        caller->is_found = true;
        return _URC_END_OF_STACK;
    }
    caller->is_next = _Unwind_GetRegionStart(context) == caller->function;
    return _URC_NO_REASON;
}

/* Goes on in the caller as if its call had returned 0. */
static _Noreturn void return_to(const struct caller *caller)
{
#if defined(__x86_64__)
    __asm__ volatile("mov 0(%0), %%rbx\n\t"
                     "mov 8(%0), %%rbp\n\t"
                     "mov 16(%0), %%r12\n\t"
                     "mov 24(%0), %%r13\n\t"
                     "mov 32(%0), %%r14\n\t"
                     "mov 40(%0), %%r15\n\t"
                     "mov 48(%0), %%rsp\n\t"
                     "mov 56(%0), %%rcx\n\t"
                     "xor %%eax, %%eax\n\t"
                     "jmp *%%rcx"
                     :
                     : "D"(caller)
                     : "memory");
#elif defined(__aarch64__)
    register const struct caller *from __asm__("x9") = caller;
    __asm__ volatile("ldp x19, x20, [x9, #0]\n\t"
                     "ldp x21, x22, [x9, #16]\n\t"
                     "ldp x23, x24, [x9, #32]\n\t"
                     "ldp x25, x26, [x9, #48]\n\t"
                     "ldp x27, x28, [x9, #64]\n\t"
                     "ldp x29, x30, [x9, #80]\n\t"
                     "ldp x10, x11, [x9, #96]\n\t"
                     "mov sp, x10\n\t"
                     "mov x0, #0\n\t"
                     "br x11"
                     :
                     : "r"(from)
                     : "memory");
#endif
    __builtin_unreachable();
}

static uintptr_t finalize; /* Py_FinalizeEx, or 0 */
static unsigned long long loaded;

static int count_loaded(struct dl_phdr_info *object, size_t size, void *context)
{
    (void)size;
    *(unsigned long long *)context = object->dlpi_adds;
    return 1;
}

/* Libraries take themselves down at the end of a process, each on a page of its own. Those that were there before the run
   have nothing to say then; with another one, all have their turn. */
static void leave(int status, void *context)
{
    unsigned long long now = 0;
    (void)context;
    dl_iterate_phdr(count_loaded, &now);
    if (now != loaded) return;
    fflush(NULL);
    _exit(status);
}

void finish_settle(void)
{
    struct caller nobody = {.function = UINTPTR_MAX};
    finalize = (uintptr_t)dlsym(RTLD_DEFAULT, "Py_FinalizeEx");
    dl_iterate_phdr(count_loaded, &loaded);
    /* What the unwinder sets up at its first use need not be set up in each run. */
    _Unwind_Backtrace(look, &nobody);
}

int close(int descriptor)
{
    if (descriptor == FINISH && !is_waiting()) {
        struct caller caller = {.function = finalize};
        if (finalize) _Unwind_Backtrace(look, &caller);
        /* Called before all that were there to be called at the end. */
        if (caller.is_found && on_exit(leave, NULL) == 0) return_to(&caller);
    }
    return (int)syscall(SYS_close, descriptor);
}
