/* The slot's three scratch folders: filled before a run, read after it, emptied before the next. Everything goes by
 * descriptor and openat2(2), for the run owns the folders and may have put anything into them. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "slot.h"

static int open_beneath(int folder, const char *path, uint64_t flags, uint64_t mode)
{
    struct open_how how = {.flags = flags | O_CLOEXEC | O_NOFOLLOW,
                           .mode = mode,
                           .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};
    return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

static int give_to_run(const struct slot *slot, int descriptor)
{
    return slot->run_uid == (uid_t)-1 ? 0 : fchown(descriptor, slot->run_uid, slot->run_uid);
}

static int open_folder(struct slot *slot, int root, const char *name, mode_t mode)
{
    if (mkdirat(root, name, 0700) != 0 && errno != EEXIST) return -1;
    int folder = openat(root, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (folder < 0) return -1;
    if (fchmod(folder, mode) != 0 || give_to_run(slot, folder) != 0) {
        close(folder);
        return -1;
    }
    return folder;
}

static void remember_empty(struct slot *slot);

/* Whether there is somebody else to own what the runs are not to change: where root is about, and where the folders are
   a file system of the slot's. */
static bool can_keep(const struct slot *slot)
{
    const struct csandbox_slot *configuration = &slot->configuration;
    return configuration->level == CSANDBOX_LEVEL_NAMESPACES &&
           (configuration->flags & CSANDBOX_SLOT_USER_NAMESPACE ? configuration->flags & CSANDBOX_SLOT_MAP_AS_ROOT
                                                                : slot->run_uid != (uid_t)-1);
}

int scratch_open(struct slot *slot, int root, struct failure *failure)
{
    slot->work = open_folder(slot, root, "work", 0755);
    slot->tmp = slot->work < 0 ? -1 : open_folder(slot, root, "tmp", 01777);
    slot->shm = slot->tmp < 0 ? -1 : open_folder(slot, root, "shm", 01777);
    slot->kept.folder = slot->shm >= 0 && can_keep(slot) ? open_folder(slot, root, "kept", 0700) : -1;
    if (slot->shm < 0) return fail(failure, CSANDBOX_STAGE_SCRATCH_FOLDER, 0);
    remember_empty(slot);
    return 0;
}

/* Refuses what could leave the folder or name it: no empty, `.` or `..` component, no leading slash. */
static bool is_plain_path(const char *path)
{
    const char *component = path;
    for (;;) {
        const char *end = strchrnul(component, '/');
        size_t length = (size_t)(end - component);
        if (length == 0 || length > 255) return false;
        if (component[0] == '.' && (length == 1 || (length == 2 && component[1] == '.'))) return false;
        if (*end == 0) return true;
        component = end + 1;
    }
}

static int make_parents(struct slot *slot, char *path)
{
    for (char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        int made = mkdirat(slot->work, path, 0755);
        bool is_new = made == 0;
        if (!is_new && errno != EEXIST) return -1;
        if (is_new && slot->run_uid != (uid_t)-1 &&
            fchownat(slot->work, path, slot->run_uid, slot->run_uid, AT_SYMLINK_NOFOLLOW) != 0)
            return -1;
        *slash = '/';
    }
    return 0;
}

static int copy_from_socket(int file, uint64_t size)
{
    static char buffer[64 << 10];
    while (size > 0) {
        size_t chunk = size < sizeof buffer ? (size_t)size : sizeof buffer;
        if (receive_all(CSANDBOX_CONTROL_DESCRIPTOR, buffer, chunk) != 0) return -1;
        for (size_t done = 0; done < chunk;) {
            ssize_t written = write(file, buffer + done, chunk - done);
            if (written < 0) return -1;
            done += (size_t)written;
        }
        size -= chunk;
    }
    return 0;
}

static int copy_from_file(int file, int source, uint64_t size)
{
    off_t offset = 0;
    while ((uint64_t)offset < size) {
        ssize_t copied = sendfile(file, source, &offset, size - (uint64_t)offset);
        if (copied < 0) return -1;
        if (copied == 0) {
            errno = ENODATA; /* shorter than its owner said */
            return -1;
        }
    }
    return 0;
}

static const char kept_name[] = "file";

static int forget_kept(struct slot *slot)
{
    if (slot->kept.number == 0) return 0;
    slot->kept.number = slot->kept.blocks = 0;
    return unlinkat(slot->kept.folder, kept_name, 0);
}

/* Copies a file into the folder that no run can name. */
static int keep(struct slot *slot, const struct csandbox_input *input, int source)
{
    struct kept_file *kept = &slot->kept;
    struct stat status;
    if (forget_kept(slot) != 0) return -1;
    int file = open_beneath(kept->folder, kept_name, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (file < 0) return -1;
    uid_t owner = slot->configuration.flags & CSANDBOX_SLOT_USER_NAMESPACE ? KEEPER_ID : 0;
    int result = copy_from_file(file, source, input->size);
    if (result == 0) result = fchmod(file, input->flags & CSANDBOX_INPUT_EXECUTABLE ? 0755 : 0644);
    if (result == 0) result = fchown(file, owner, (gid_t)-1);
    if (result == 0) result = fstat(file, &status);
    int error = errno;
    close(file);
    if (result == 0) {
        kept->number = input->number;
        kept->size = input->size;
        kept->flags = input->flags;
        kept->blocks = (uint64_t)status.st_blocks;
    } else {
        unlinkat(kept->folder, kept_name, 0);
    }
    errno = error;
    return result;
}

/* Gives the run a link to the kept file, which is as new as a copy would be. */
static int lend_kept(struct slot *slot, const struct csandbox_input *input, const char *path, int source)
{
    struct kept_file *kept = &slot->kept;
    bool is_there =
        kept->number == input->number && kept->size == input->size && kept->flags == input->flags;
    if (!is_there && keep(slot, input, source) != 0) return -1;
    if (utimensat(kept->folder, kept_name, NULL, 0) != 0) return -1;
    return linkat(kept->folder, kept_name, slot->work, path, 0);
}

static int receive_file(struct slot *slot, struct run *run, uint32_t index, int *next_descriptor)
{
    struct csandbox_input input;
    char path[4096];
    if (receive_all(CSANDBOX_CONTROL_DESCRIPTOR, &input, sizeof input) != 0) return -1;
    if (input.path_length == 0 || input.path_length >= sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    if (receive_all(CSANDBOX_CONTROL_DESCRIPTOR, path, input.path_length) != 0) return -1;
    path[input.path_length] = 0;
    if (strlen(path) != input.path_length || !is_plain_path(path)) {
        errno = EINVAL;
        return -1;
    }
    (void)index;
    if (make_parents(slot, path) != 0) return -1;
    if (input.number != 0 && slot->kept.folder >= 0 && input.flags & CSANDBOX_INPUT_DESCRIPTOR) {
        errno = EBADMSG;
        if (*next_descriptor >= run->descriptor_count) return -1;
        run->keeps = true;
        return lend_kept(slot, &input, path, run->descriptors[(*next_descriptor)++]);
    }
    mode_t mode = input.flags & CSANDBOX_INPUT_EXECUTABLE ? 0755 : 0644;
    int file = open_beneath(slot->work, path, O_WRONLY | O_CREAT | O_EXCL, mode);
    if (file < 0) return -1;
    int result;
    if (input.flags & CSANDBOX_INPUT_DESCRIPTOR) {
        errno = EBADMSG;
        result = *next_descriptor < run->descriptor_count
                     ? copy_from_file(file, run->descriptors[(*next_descriptor)++], input.size)
                     : -1;
    } else {
        result = copy_from_socket(file, input.size);
    }
    if (result == 0) result = give_to_run(slot, file);
    int error = errno;
    close(file);
    errno = error;
    return result;
}

int scratch_receive(struct slot *slot, struct run *run, struct failure *failure)
{
    int next_descriptor = 3;
    run->keeps = false;
    for (uint32_t i = 0; i < run->request.input_count; i++)
        if (receive_file(slot, run, i, &next_descriptor) != 0)
            return fail(failure, CSANDBOX_STAGE_INPUT_FILE, (int32_t)i);
    /* Another program's would take room, and tell by that how large it was. */
    if (!run->keeps && forget_kept(slot) != 0) return fail(failure, CSANDBOX_STAGE_INPUT_FILE, -1);
    return 0;
}

void scratch_fetch(struct slot *slot, const struct run *run, struct csandbox_reply *reply, int *descriptors, int *count)
{
    *count = 0;
    for (uint32_t i = 0; i < run->request.output_count; i++) {
        if (!is_plain_path(run->outputs[i])) continue;
        /* Not to wait for the writer of a FIFO. */
        int file = open_beneath(slot->work, run->outputs[i], O_RDONLY | O_NONBLOCK, 0);
        struct stat status;
        if (file < 0) continue;
        bool fits = fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_nlink == 1 &&
                    (uint64_t)status.st_size <= run->request.file_size_bytes;
        if (!fits) {
            close(file);
            continue;
        }
        reply->output_mask |= 1u << i;
        reply->output_sizes[i] = (uint64_t)status.st_size;
        descriptors[(*count)++] = file;
    }
}

struct entry {
    uint64_t inode;
    int64_t offset;
    unsigned short length;
    unsigned char type;
    char name[];
};

static bool is_dots(const char *name)
{
    return name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0));
}

/* Empties one folder of its own entries; a folder in it is moved up to `top` under a name of ours, to be emptied in its
   turn. So a tree of any depth is removed with two descriptors and no recursion. */
static int empty_into(int folder, int top, uint32_t *names, bool *moved)
{
    static char buffer[32 << 10] __attribute__((aligned(8)));
    for (;;) {
        bool removed = false;
        if (lseek(folder, 0, SEEK_SET) != 0) return -1;
        for (;;) {
            long got = syscall(SYS_getdents64, folder, buffer, sizeof buffer);
            if (got < 0) return -1;
            if (got == 0) break;
            for (long at = 0; at < got;) {
                struct entry *entry = (struct entry *)(void *)(buffer + at);
                at += entry->length;
                if (is_dots(entry->name)) continue;
                if (unlinkat(folder, entry->name, 0) == 0) {
                    removed = true;
                    continue;
                }
                if (errno != EISDIR && errno != EPERM) return -1;
                if (folder == top) continue;
                /* Without capabilities, moving a folder wants write permission on the folder itself. */
                if (fchmodat(folder, entry->name, 0700, 0) != 0) return -1;
                char name[32];
                do {
                    snprintf(name, sizeof name, ".wipe-%u", (*names)++);
                    if (syscall(SYS_renameat2, folder, entry->name, top, name, 1 /* RENAME_NOREPLACE */) == 0) break;
                    if (errno != EEXIST) return -1;
                } while (true);
                removed = *moved = true;
            }
        }
        if (!removed) return 0;
    }
}

static int wipe_folder(int top)
{
    static char buffer[4 << 10] __attribute__((aligned(8)));
    uint32_t names = 0;
    bool moved = false;
    /* A run may have locked the folder, and where the launcher is the same plain user, that holds for it too. */
    if (fchmod(top, 0700) != 0 || empty_into(top, top, &names, &moved) != 0) return -1;
    for (;;) {
        /* Only folders are left at the top. */
        bool found = false;
        if (lseek(top, 0, SEEK_SET) != 0) return -1;
        long got = syscall(SYS_getdents64, top, buffer, sizeof buffer);
        if (got < 0) return -1;
        for (long at = 0; at < got;) {
            struct entry *entry = (struct entry *)(void *)(buffer + at);
            at += entry->length;
            if (is_dots(entry->name)) continue;
            found = true;
            if (fchmodat(top, entry->name, 0700, 0) != 0) return -1;
            int folder = openat(top, entry->name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
            if (folder < 0) return -1;
            int result = empty_into(folder, top, &names, &moved);
            close(folder);
            if (result != 0 || unlinkat(top, entry->name, AT_REMOVEDIR) != 0) return -1;
        }
        if (!found) return 0;
    }
}

/* What hangs on the folder itself could carry a message too. */
static int reset_folder(struct slot *slot, int folder, mode_t mode)
{
    static char names[64 << 10];
    ssize_t length = flistxattr(folder, names, sizeof names);
    if (length < 0 && errno != EOPNOTSUPP) return -1;
    for (ssize_t at = 0; at < length; at += (ssize_t)strlen(names + at) + 1)
        if (strncmp(names + at, "security.", 9) != 0 && fremovexattr(folder, names + at) != 0) return -1;
    if (fchmod(folder, mode) != 0 || futimens(folder, NULL) != 0) return -1;
    return give_to_run(slot, folder);
}

/* Whether nothing lies anywhere in the slot's file system. Every name in it takes an inode from a number that is counted
   exactly, hard links and attributes included; tmpfs(5). */
static bool is_empty(const struct slot *slot)
{
    struct statfs status;
    uint64_t inodes = slot->kept.number != 0 ? 1 : 0, bytes = slot->kept.blocks * 512;
    return slot->empty.is_known && fstatfs(slot->work, &status) == 0 &&
           status.f_ffree + inodes == slot->empty.free_inodes &&
           (uint64_t)status.f_bfree * (uint64_t)status.f_bsize + bytes ==
               slot->empty.free_blocks * (uint64_t)status.f_bsize;
}

int scratch_wipe(struct slot *slot, bool had_files)
{
    const int folders[3] = {slot->work, slot->tmp, slot->shm};
    static const mode_t modes[3] = {0755, 01777, 01777};
    /* Most runs touch nothing but the files that they were given. */
    if (had_files && wipe_folder(slot->work) != 0) return -1;
    bool was_empty = is_empty(slot);
    for (int i = 0; i < 3; i++)
        if (!was_empty && wipe_folder(folders[i]) != 0) return -1;
    /* In any case, for times would tell the next run whether this one touched them. */
    for (int i = 0; i < 3; i++)
        if (reset_folder(slot, folders[i], modes[i]) != 0) return -1;
    return 0;
}

/* What an empty slot looks like, once, before anything has run in it. */
static void remember_empty(struct slot *slot)
{
    struct statfs status;
    if (slot->configuration.level != CSANDBOX_LEVEL_NAMESPACES || fstatfs(slot->work, &status) != 0) return;
    slot->empty.is_known = true;
    slot->empty.free_inodes = status.f_ffree;
    slot->empty.free_blocks = status.f_bfree;
}

/* Landlock level: the folders lie on the host's file system. */
void scratch_remove(const struct slot *slot)
{
    static const char *const names[] = {"work", "tmp", "shm"};
    int root = open(slot->scratch_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (root < 0) return;
    for (int i = 0; i < 3; i++) unlinkat(root, names[i], AT_REMOVEDIR);
    close(root);
    rmdir(slot->scratch_path);
}
