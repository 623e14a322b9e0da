/* Pid 1 of a virtual machine whose kernel has cgroup version 2 and nothing else: runs the launcher through its limits
 * and prints `N passed, N failed`. scripts/test-cgroup-v2 builds and boots it. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "slot_client.h"

enum { MEBIBYTE = 1 << 20, ORDINARY_USER = 1500, NOBODY = 65534 };
static const uint64_t millisecond = 1000000;

static int passed, failed;
static const char *setting_name;

static void check(bool holds, const char *sentence, const struct csandbox_reply *reply)
{
    printf("%s %s: %s\n", holds ? "ok    " : "FAILED", setting_name, sentence);
    if (holds) {
        passed++;
        return;
    }
    failed++;
    if (reply)
        printf("       kind %u stage %s errno %d index %d ending %u status %#x cpu %llu ms peak %llu KiB processes %llu "
               "limit hits %llu oom kills %llu\n",
               reply->kind, csandbox_stage_name(reply->stage), reply->error, reply->index, reply->ending,
               (unsigned)reply->wait_status, (unsigned long long)(reply->cpu_nanoseconds / millisecond),
               (unsigned long long)(reply->peak_bytes >> 10), (unsigned long long)reply->processes,
               (unsigned long long)reply->process_limit_hits, (unsigned long long)reply->out_of_memory_kills);
}

static bool exited_with(const struct csandbox_reply *reply, int status)
{
    return reply->kind == CSANDBOX_REPLY_ENDED && reply->ending == CSANDBOX_ENDING_NONE &&
           WIFEXITED(reply->wait_status) && WEXITSTATUS(reply->wait_status) == status;
}

static bool exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

/* Processes of the probe that are alive anywhere in the machine. */
static int live_probes(void)
{
    int count = 0;
    DIR *processes = opendir("/proc");
    for (struct dirent *entry; (entry = readdir(processes));) {
        char path[300], name[32] = "";
        snprintf(path, sizeof path, "/proc/%s/comm", entry->d_name);
        int file = entry->d_name[0] >= '0' && entry->d_name[0] <= '9' ? open(path, O_RDONLY) : -1;
        if (file < 0) continue;
        /* The zygote itself is alive too, and not of the run; a zombie of the run would be none's. */
        if (read(file, name, sizeof name - 1) > 0 && strstr(name, "probe\n")) count++;
        close(file);
    }
    closedir(processes);
    return count;
}

static struct csandbox_reply run(struct slot_client *client, const char *word, const char *number,
                                 struct csandbox_request limits)
{
    struct csandbox_reply reply = {0};
    const char *words[] = {word, number, NULL};
    if (!slot_run(client, words, &limits, &reply)) reply.kind = 0;
    return reply;
}

static void test_runs(struct slot_client *client, const char *cgroup)
{
    int zygotes = client->zygote ? 1 : 0;
    struct csandbox_request none = {0};
    struct csandbox_request half_second = {.cpu_nanoseconds = 500 * millisecond};
    struct csandbox_request small = {.memory_bytes = 64 * MEBIBYTE};
    char run_folder[128];
    snprintf(run_folder, sizeof run_folder, "%s/run", cgroup);

    struct csandbox_reply reply = run(client, "true", NULL, none);
    check(exited_with(&reply, 0) && reply.processes == 1, "runs a program that ends well", &reply);
    reply = run(client, "exit", "9", none);
    check(exited_with(&reply, 9), "tells its exit status", &reply);

    reply = run(client, "allocate", "32", none);
    check(exited_with(&reply, 0) && reply.peak_bytes >= 32 * MEBIBYTE && reply.peak_bytes < 48 * MEBIBYTE,
          "measures the peak of 32 MiB", &reply);
    reply = run(client, "true", NULL, none);
    check(reply.peak_bytes > 0 && reply.peak_bytes < 8 * MEBIBYTE, "starts the next run's peak afresh", &reply);

    reply = run(client, "allocate", "200", small);
    check(reply.ending == CSANDBOX_ENDING_MEMORY && reply.out_of_memory_kills > 0, "stops a memory hog", &reply);
    check(reply.peak_bytes > 56 * MEBIBYTE && reply.peak_bytes <= 64 * MEBIBYTE, "lets it have 64 MiB, no more", &reply);
    reply = run(client, "hog-in-child", "200", small);
    check(reply.ending == CSANDBOX_ENDING_MEMORY && reply.wall_nanoseconds < 15000 * millisecond,
          "stops a run whose child is the hog", &reply);
    reply = run(client, "file", "200", small);
    check(reply.ending == CSANDBOX_ENDING_MEMORY, "counts files in memory as memory", &reply);
    reply = run(client, "allocate", "32", small);
    check(exited_with(&reply, 0), "is whole again after running out of memory", &reply);

    reply = run(client, "fork", NULL, (struct csandbox_request){.processes = 8});
    check(exited_with(&reply, 7) && reply.process_limit_hits > 0, "refuses the process past the limit", &reply);
    reply = run(client, "children", "5", none);
    check(exited_with(&reply, 0) && reply.processes == 6, "counts six processes", &reply);

    reply = run(client, "spin", NULL, half_second);
    check(reply.ending == CSANDBOX_ENDING_CPU_TIME && reply.cpu_nanoseconds >= 500 * millisecond &&
              reply.cpu_nanoseconds < 900 * millisecond,
          "stops a spinning program at half a second", &reply);
    reply = run(client, "spin-in-child", NULL, half_second);
    check(reply.ending == CSANDBOX_ENDING_CPU_TIME, "counts the CPU time of a child", &reply);
    reply = run(client, "sleep", "20", (struct csandbox_request){.wall_nanoseconds = 300 * millisecond});
    check(reply.ending == CSANDBOX_ENDING_WALL_TIME && reply.cpu_nanoseconds < 200 * millisecond,
          "stops a sleeper by the clock", &reply);

    reply = run(client, "orphan", NULL, none);
    check(exited_with(&reply, 0) && live_probes() == zygotes, "leaves no orphan alive", &reply);
    check(!exists(run_folder), "has removed the run's cgroup", NULL);
}

static void must(int result, const char *what)
{
    if (result == 0) return;
    printf("error: %s: %s\n", what, strerror(errno));
    printf("0 passed, 1 failed\n");
    fflush(stdout);
    reboot(RB_POWER_OFF);
}

static void write_text(const char *path, const char *text)
{
    int file = open(path, O_WRONLY);
    must(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text) ? 0 : -1, path);
    close(file);
}

static void test_setting(const struct setting *setting)
{
    const char *cgroup = "/sys/fs/cgroup/retort/slot";
    struct slot_client client;
    struct csandbox_reply reply = {0};
    setting_name = setting->name;
    /* What delegation gives an ordinary user, who already lives in the part that is his.
       Documentation/admin-guide/cgroup-v2.rst, "Delegation". */
    static const char *const delegated[] = {
        "/sys/fs/cgroup/retort", "/sys/fs/cgroup/retort/cgroup.procs", "/sys/fs/cgroup/retort/cgroup.subtree_control",
        "/sys/fs/cgroup/retort/cgroup.threads", SLOT_CLIENT_CGROUP "/cgroup.procs"};
    for (size_t i = 0; i < sizeof delegated / sizeof *delegated; i++)
        must(chown(delegated[i], setting->launcher_uid, setting->launcher_uid), delegated[i]);
    bool ready = slot_start(&client, setting, cgroup, &reply) && reply.kind == CSANDBOX_REPLY_READY;
    check(ready, "prepares a slot", &reply);
    if (ready) test_runs(&client, cgroup);
    if (ready) {
        char name[64];
        bool has_zygote = slot_start_zygote(&client, &reply);
        check(has_zygote, "starts a zygote", &reply);
        snprintf(name, sizeof name, "%s, forked", setting->name);
        setting_name = name;
        if (has_zygote) test_runs(&client, cgroup);
        setting_name = setting->name;
    }
    int status = slot_stop(&client);
    if (ready) check(WIFEXITED(status) && WEXITSTATUS(status) == 0, "ends the launcher well", NULL);
    if (ready) check(live_probes() == 0, "ends the zygote", NULL);
    check(!exists(cgroup), "has removed the slot's cgroup", NULL);
}

/* The kernel's first root cannot be pivoted away from (pivot_root(2)), so everything moves to a second one. */
static void leave_first_root(char **words)
{
    static const char *const programs[] = {"/bin/sandbox-launcher", "/bin/probe", "/bin/driver", "/bin/zygote-probe",
                                           "/bin/libretort-zygote.so", "/lib64/ld-linux-x86-64.so.2",
                                           "/lib/x86_64-linux-gnu/libc.so.6", "/lib/x86_64-linux-gnu/libgcc_s.so.1"};
    must(mkdir("/second", 0755), "mkdir /second");
    must(mount("tmpfs", "/second", "tmpfs", 0, "mode=755"), "mount /second");
    static const char *const folders[] = {"/second/bin", "/second/lib64", "/second/lib", "/second/lib/x86_64-linux-gnu"};
    for (int i = 0; i < 4; i++) must(mkdir(folders[i], 0755), folders[i]);
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        static char content[16 * MEBIBYTE];
        char path[64];
        int from = open(programs[i], O_RDONLY);
        ssize_t size = from < 0 ? -1 : read(from, content, sizeof content);
        snprintf(path, sizeof path, "/second%s", programs[i]);
        int to = open(path, O_WRONLY | O_CREAT, 0755);
        must(size > 0 && write(to, content, (size_t)size) == size ? 0 : -1, programs[i]);
        close(from);
        close(to);
    }
    must(chdir("/second"), "chdir");
    must(mount(".", "/", NULL, MS_MOVE, NULL), "move the root");
    must(chroot("."), "chroot");
    must(chdir("/"), "chdir /");
    words[0] = "/bin/driver";
    must(execv(words[0], words), "exec");
}

static void mount_file_systems(void)
{
    static const char *const folders[] = {"/proc", "/sys", "/dev", "/tmp"};
    for (int i = 0; i < 4; i++) must(mkdir(folders[i], 0755), folders[i]);
    must(mount("proc", "/proc", "proc", 0, NULL), "mount /proc");
    must(mount("sysfs", "/sys", "sysfs", 0, NULL), "mount /sys");
    must(mount("devtmpfs", "/dev", "devtmpfs", 0, NULL), "mount /dev");
    must(mount("tmpfs", "/tmp", "tmpfs", 0, "mode=1777"), "mount /tmp");
    /* As systemd does. */
    must(mount("cgroup2", "/sys/fs/cgroup", "cgroup2", 0, "nsdelegate,memory_recursiveprot"), "mount cgroup2");
    write_text("/sys/fs/cgroup/cgroup.subtree_control", "+memory +pids");
    must(mkdir("/sys/fs/cgroup/retort", 0755), "mkdir the parent cgroup");
    write_text("/sys/fs/cgroup/retort/cgroup.subtree_control", "+memory +pids");
    must(mkdir(SLOT_CLIENT_CGROUP, 0755), "mkdir the engine's cgroup");
}

int main(int count, char **words)
{
    (void)count;
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (strcmp(words[0], "/bin/driver") != 0) leave_first_root(words);
    mount_file_systems();

    const struct setting settings[] = {
        {"root, mapped to nobody", CSANDBOX_SLOT_USER_NAMESPACE | CSANDBOX_SLOT_MAP_AS_ROOT, NOBODY, 0},
        {"root, no user namespace", 0, NOBODY, 0},
        {"ordinary user, delegated", CSANDBOX_SLOT_USER_NAMESPACE, ORDINARY_USER, ORDINARY_USER},
    };
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) test_setting(&settings[i]);
    printf("%d passed, %d failed\n", passed, failed);
    fflush(stdout);
    sync();
    reboot(RB_POWER_OFF);
    return 0;
}
