/* A clock that steps: the machine's, moved by as many milliseconds as a file says. For LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile long long *offset_millis;

__attribute__((constructor)) static void open_offset(void) {
    int file = open(getenv("CLOCK_STEP_FILE"), O_RDONLY);
    void *page = file < 0 ? MAP_FAILED : mmap(0, sizeof(long long), PROT_READ, MAP_SHARED, file, 0);
    offset_millis = page == MAP_FAILED ? 0 : page;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int result = syscall(SYS_clock_gettime, clock, time);
    if (result == 0 && offset_millis && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        long long nanos = time->tv_nsec + (*offset_millis % 1000) * 1000000LL;
        time->tv_sec += *offset_millis / 1000 + (nanos < 0 ? -1 : nanos / 1000000000LL);
        time->tv_nsec = nanos < 0 ? nanos + 1000000000LL : nanos % 1000000000LL;
    }
    return result;
}

int gettimeofday(struct timeval *time, void *zone) {
    struct timespec now;
    int result = clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return result;
}
