/* Lays a zygote's memory out so that forking it is cheap.
 *
 * A fork copies the page tables of what the zygote has written, and its child's end takes them down again, page by page:
 * together more than all the copying of pages in between. What was read from files is not copied at all; the child
 * meets it fault by fault. Both go away with huge pages of memory that belong to nobody's file: one entry stands for 512,
 * and a page that a child writes is copied alone. So the interpreter's program is copied onto huge pages, its heap
 * begins and ends with one, and what it allocates in large pieces comes out of them. Libraries are too small for
 * that, and are made to be copied like memory.
 *
 * All of it is an improvement only: where the kernel refuses a step, memory stays as it was. */
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "parts.h"

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

enum { HUGE = 2 << 20, PAGE = 4 << 10, PIECE = 64 << 10, MOST_BLOCKS = 16 };

static uintptr_t down(uintptr_t address, uintptr_t size) { return address & ~(size - 1); }
static uintptr_t up(uintptr_t address, uintptr_t size) { return down(address + size - 1, size); }

static void *map(void *at, size_t size, int protection, int flags, int file, off_t offset)
{
    return (void *)syscall(SYS_mmap, at, size, protection, flags, file, offset);
}

/* A huge page's room, aligned as one; NULL when there is none. */
static void *huge_room(size_t size)
{
    char *found = map(NULL, size + HUGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (found == MAP_FAILED) return NULL;
    char *room = (char *)up((uintptr_t)found, HUGE);
    if (room > found) munmap(found, (size_t)(room - found));
    if (room + size < found + size + HUGE) munmap(room + size, (size_t)(found + HUGE - room));
    madvise(room, size, MADV_HUGEPAGE);
    return room;
}

/* Interpreters allocate their small objects in pieces of one size, a whole fraction of a huge page. */
static void *piece(size_t size)
{
    static char *next, *end;
    if (next == NULL || (size_t)(end - next) < size || (uintptr_t)next % size != 0) {
        next = huge_room(HUGE);
        end = next ? next + HUGE : NULL;
    }
    if (!next) return NULL;
    void *given = next;
    next += size;
    return given;
}

void *mmap64(void *at, size_t size, int protection, int flags, int file, off_t offset)
{
    bool is_piece = (size == 1 << 20 || size == 256 << 10) && protection == (PROT_READ | PROT_WRITE);
    if (is_piece && at == NULL && flags == (MAP_PRIVATE | MAP_ANONYMOUS) && is_waiting()) {
        void *given = piece(size);
        if (given) return given;
    }
    return map(at, size, protection, flags, file, offset);
}

static uintptr_t heap;

/* The heap begins on a huge page's border. */
void memory_begin(void)
{
    uintptr_t now = (uintptr_t)sbrk(0);
    sbrk((intptr_t)(up(now, HUGE) - now));
    heap = up(now, HUGE);
}

/* Takes what is free in the heap below an address. Each piece of it that a run filled would be a page to copy. */
static void fill_gaps(const char *below)
{
    size_t size = PIECE;
    while (size >= sizeof(void *)) {
        char *taken = malloc(size);
        if (taken && taken < below) continue;
        free(taken);
        size -= size > 1024 ? 512 : 16;
    }
}

/* The heap is grown up to a huge page's border. A run finds one free room there, and nothing free before it; a piece that
   stays behind it keeps the border where it is. */
static void settle_heap(void)
{
    void **filled = NULL;
    uintptr_t end = up((uintptr_t)sbrk(0), HUGE);
    while ((uintptr_t)sbrk(0) < end + PIECE) {
        void **more = malloc(PIECE);
        if (!more) break;
        *more = filled;
        filled = more;
    }
    fill_gaps((char *)filled);
    void **next = filled ? *filled : NULL;
    while (next) {
        void **done = next;
        next = *done;
        free(done);
    }
    madvise((void *)heap, end - heap, MADV_COLLAPSE);
}

/* A huge page's worth of the program, and what the parts of the program in it may do together. */
struct block {
    uintptr_t address;
    int protection;
};

struct program {
    uintptr_t start, end;
    struct block blocks[MOST_BLOCKS];
    int count;
};

static int protection_of(const ElfW(Phdr) *part)
{
    return (part->p_flags & PF_R ? PROT_READ : 0) | (part->p_flags & PF_W ? PROT_WRITE : 0) |
           (part->p_flags & PF_X ? PROT_EXEC : 0);
}

static void note_blocks(struct program *program, uintptr_t from, uintptr_t to, int protection)
{
    if (program->count == 0) program->start = from;
    program->end = to;
    for (uintptr_t at = down(from, HUGE); at < to; at += HUGE) {
        struct block *last = &program->blocks[program->count - 1];
        if (program->count > 0 && last->address == at) {
            last->protection |= protection;
        } else if (program->count < MOST_BLOCKS) {
            program->blocks[program->count++] = (struct block){.address = at, .protection = protection};
        }
    }
}

/* Takes what the program leaves free of a block; false when somebody else lives there. */
static bool take_rest(const struct program *program, uintptr_t block)
{
    for (uintptr_t at = block; at < block + HUGE; at += PAGE) {
        unsigned char is_there;
        bool is_inside = at >= down(program->start, PAGE) && at < program->end;
        if (is_inside && mincore((void *)at, PAGE, &is_there) == 0) continue;
        if (map((void *)at, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == MAP_FAILED)
            return false;
    }
    return true;
}

/* Copies a block onto a huge page and puts that into its place. */
static void move_block(const struct program *program, const struct block *block)
{
    char *at = (char *)block->address;
    if ((block->protection & PROT_WRITE) && (block->protection & PROT_EXEC)) return;
    if (!take_rest(program, block->address)) return;
    char *room = huge_room(HUGE);
    if (!room) return;
    memcpy(room, at, HUGE);
    madvise(room, HUGE, MADV_COLLAPSE);
    if (mprotect(room, HUGE, block->protection) != 0 ||
        mremap(room, HUGE, HUGE, MREMAP_MAYMOVE | MREMAP_FIXED, at) == MAP_FAILED)
        munmap(room, HUGE);
}

/* Makes what of a library is not written to any more one mapping, and one that was written to: it is copied by a fork,
   page tables and all, where parts of files that were only read are not. */
static void join_library(uintptr_t from, uintptr_t to)
{
    volatile char *first = (volatile char *)from;
    /* All of it at once, for parts that were never writable are counted otherwise and do not join; and executable all the
       while, for in one of them lies mprotect itself. */
    if (mprotect((void *)from, to - from, PROT_READ | PROT_WRITE | PROT_EXEC) != 0) return;
    *first = *first;
    mprotect((void *)from, to - from, PROT_READ | PROT_EXEC);
}

static int look(struct dl_phdr_info *object, size_t size, void *context)
{
    struct program *program = context;
    bool is_program = object->dlpi_name[0] == 0 && program->count == 0;
    uintptr_t first = UINTPTR_MAX, constant = 0;
    (void)size;
    if (strncmp(object->dlpi_name, "linux-vdso", 10) == 0) return 0;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        uintptr_t from = object->dlpi_addr + part->p_vaddr, to = from + part->p_memsz;
        if (part->p_type == PT_LOAD && is_program) note_blocks(program, from, to, protection_of(part));
        if (part->p_type == PT_LOAD && from < first) first = from;
        if (part->p_type == PT_LOAD && !(part->p_flags & PF_W) && up(to, PAGE) > constant) constant = up(to, PAGE);
        if (part->p_type == PT_GNU_RELRO && down(to, PAGE) > constant) constant = down(to, PAGE);
    }
    /* Of a large one a run wants little, and the page tables would be copied whole. */
    if (!is_program && constant > first && constant - first <= HUGE) join_library(down(first, PAGE), constant);
    return 0;
}

void memory_settle(void)
{
    struct program program = {0};
    dl_iterate_phdr(look, &program);
    for (int i = 0; i < program.count; i++) move_block(&program, &program.blocks[i]);
    settle_heap();
}
