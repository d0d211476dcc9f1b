/* Put before the C library: from the nth sync or rename on the process is killed, or every one fails with an error. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <unistd.h>

static long met, from;
static int with_error;

void fault_arm(long at, int error) { met = 0; from = at; with_error = error; }
long fault_met(void) { return met; }

static int struck(void)
{
    if (++met < from || !from)
        return 0;
    if (!with_error)
        kill(getpid(), SIGKILL);
    errno = with_error;
    return 1;
}

#define WRAPPED(name, parameters, arguments)                       \
    int name parameters                                            \
    {                                                              \
        static int(*real) parameters;                              \
        if (!real)                                                 \
            real = (int(*) parameters)dlsym(RTLD_NEXT, #name);     \
        return struck() ? -1 : real arguments;                     \
    }

WRAPPED(fsync, (int file), (file))
WRAPPED(fdatasync, (int file), (file))
WRAPPED(rename, (const char *from_name, const char *to), (from_name, to))
WRAPPED(link, (const char *from_name, const char *to), (from_name, to))
