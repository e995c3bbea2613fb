/* Bad plugins, one a definition: each breaks one promise of the ABI. */
#define _GNU_SOURCE
#include "duban_plugin.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static duban_status found(const duban_sink *sink, uint32_t row, uint8_t level) {
    duban_finding finding = { row, level, 0, level == DUBAN_VIOLATION, 0, 0 };
    return sink->found(sink->context, &finding, 1);
}

static duban_status check(void *state, duban_text name, const duban_batch *batch, const duban_sink *sink) {
    (void)state; (void)name; (void)batch; (void)sink; (void)found;
#if defined(ABORTS)
    abort();
#elif defined(SEGFAULTS)
    return *(volatile duban_status *)8;
#elif defined(LOOPS)
    for (volatile int forever = 1; forever;) {}
#elif defined(SLEEPS)
    for (;;) sleep(1000);
#elif defined(EXITS)
    exit(7);
#elif defined(ALLOCATES)
    for (;;) { char *more = malloc(64 << 20); if (!more) abort(); memset(more, 1, 64 << 20); }
#elif defined(FLOODS)
    for (int i = 0; i < 1000000; i++) { duban_status status = found(sink, 0, DUBAN_VIOLATION); if (status != DUBAN_OK) return status; }
#elif defined(FLOODS_ON)
    for (int i = 0; i < 1000000; i++) found(sink, i % batch->rows, DUBAN_VIOLATION);
#elif defined(ASTRAY)
    return found(sink, batch->rows, DUBAN_VIOLATION);
#elif defined(TWICE)
    found(sink, 0, DUBAN_VIOLATION);
    return found(sink, 0, DUBAN_OVERDUE);
#elif defined(DICE)
    static unsigned calls;
    return __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED) % 2 && batch->bound[0] ? found(sink, 0, DUBAN_VIOLATION) : DUBAN_OK;
#elif defined(FIRST_ROW)
    return batch->bound[0] ? found(sink, 0, DUBAN_VIOLATION) : DUBAN_OK;
#elif defined(UNDECLARED)
    for (uint32_t row = 0; row < batch->rows; row++) {
        duban_finding finding = { row, DUBAN_VIOLATION, 0, 9, 0, 0 };
        if (batch->bound[row]) return sink->found(sink->context, &finding, 1);
    }
#elif defined(NOT_OVER)
    for (uint32_t row = 0; row < batch->rows; row++) {
        duban_finding finding = { row, DUBAN_OVERDUE, 0, 0, 0, batch->as_of_day };
        if (batch->bound[row]) return sink->found(sink->context, &finding, 1);
    }
#elif defined(LEAKS)
    char *kept = malloc(20000);
    for (int at = 0; kept && at < 20000; at += 4096) ((volatile char *)kept)[at] = 1;
#elif defined(SLOW)
    if (batch->rows > 4000) usleep(200000);
#elif defined(NONSENSE)
    return found(sink, 0, 9);
#elif defined(NULL_FINDINGS)
    return sink->found(sink->context, NULL, 3);
#elif defined(HUGE_COUNT)
    duban_finding finding = { 0, DUBAN_VIOLATION, 0, 0, 0, 0 };
    return sink->found(sink->context, &finding, (size_t)-1);
#elif defined(FAILS)
    return DUBAN_FAILED;
#elif defined(STRANGE_STATUS)
    return -123456;
#elif defined(WRITES)
    ((uint8_t *)batch->bound)[0] = 0;
#elif defined(NETWORK) || defined(READS)
    return DUBAN_OK;
#elif defined(SIGNALS)
    kill(getppid(), SIGKILL);
    syscall(SYS_tgkill, getppid(), getppid(), SIGKILL);
    syscall(SYS_rt_sigqueueinfo, getppid(), SIGKILL, NULL);
#elif defined(HANGS_UP)
    for (int fd = 3; fd < 64; fd++) close(fd);
    for (;;) sleep(1000);
#elif defined(DRIPS)
    static const unsigned char length[4] = { 255, 255, 0, 0 };
    for (int fd = 3; fd < 64; fd++) (void)!write(fd, length, 4);
    for (;;) { usleep(20000); for (int fd = 3; fd < 64; fd++) (void)!write(fd, " ", 1); }
#elif defined(BRAGS)
    static const unsigned char length[4] = { 0, 0, 0, 2 };
    for (int fd = 3; fd < 64; fd++) (void)!write(fd, length, 4);
    for (;;) sleep(1000);
#endif
    return DUBAN_OK;
}

static const duban_batch_check batch_check = {
#if defined(SMALL_EXTENSION)
    4,
#else
    sizeof batch_check,
#endif
    0, check
};

static duban_status open_plugin(const duban_host *host, void **state) {
    (void)host;
    *state = NULL;
#if defined(OPEN_FAILS)
    static const char why[] = "no licence for \xff\xfe today";
    host->log(host->context, DUBAN_LOG_ERROR, (duban_text){ (const uint8_t *)why, sizeof why - 1 });
    return DUBAN_FAILED;
#elif defined(OPEN_ABORTS)
    abort();
#elif defined(OPEN_LOOPS)
    for (volatile int forever = 1; forever;) {}
#endif
    return DUBAN_OK;
}

static void close_plugin(void *state) { (void)state; }

static const void *extension(void *state, duban_text name) {
    (void)state;
    return name.len == strlen(DUBAN_BATCH_CHECK) && memcmp(name.at, DUBAN_BATCH_CHECK, name.len) == 0 ? &batch_check : NULL;
}

#if defined(LOAD_ABORTS)
__attribute__((constructor)) static void start(void) { abort(); }
#elif defined(LOAD_ATTACKS)
/* Whatever of this is let through ends the test or leaves something behind. */
__attribute__((constructor)) static void start(void) {
    if (fork() == 0) for (;;) pause();
    chmod("/tmp", 0);
    struct rlimit none = { 0, 0 };
    syscall(SYS_prlimit64, getppid(), RLIMIT_FSIZE, &none, NULL);
    syscall(SYS_tgkill, getppid(), getppid(), SIGKILL);
    if (fork() != -1 || chmod("/tmp/x", 0) != -1) for (;;) pause();
}
#endif

#define TEXT(literal) { (const uint8_t *)literal, sizeof literal - 1 }

#if defined(NO_ENTRY)
#define ENTRY duban_plugin_somebody
#else
#define ENTRY duban_plugin_hostile
#endif

DUBAN_EXPORT const duban_plugin ENTRY = {
#if defined(NO_MAGIC)
    { 'd', 'u', 'b', 'a', 'n', 0, 0, 0 },
#else
    DUBAN_MAGIC,
#endif
#if defined(OTHER_ABI)
    999,
#else
    DUBAN_ABI,
#endif
#if defined(SMALL_TABLE)
    24,
#else
    sizeof(duban_plugin),
#endif
#if defined(OTHER_ID)
    TEXT("somebody-else"),
#elif defined(BAD_TEXT)
    TEXT("hostile\xff"),
#elif defined(NULL_TEXT)
    { NULL, 7 },
#else
    TEXT("hostile"),
#endif
    TEXT("1"), NULL, 0,
#if defined(NULL_OPEN)
    NULL,
#else
    open_plugin,
#endif
    close_plugin, extension,
};
