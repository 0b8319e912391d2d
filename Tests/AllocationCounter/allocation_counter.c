#include "allocation_counter.h"

#include <errno.h>
#include <stdlib.h>

#ifndef __has_feature
#define __has_feature(feature) 0
#endif

#if defined(__GLIBC__) && !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer) && \
    !__has_feature(memory_sanitizer)

// The program's own definitions come before the C library's. They count and call what they replace, so memory is freed
// by the C library as ever.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static __thread long *current __attribute__((tls_model("initial-exec")));

static void count_one(void) {
    if (current) __atomic_fetch_add(current, 1, __ATOMIC_RELAXED);
}

void *malloc(size_t size) {
    count_one();
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    count_one();
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
    count_one();
    return __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    count_one();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    count_one();
    void *result = __libc_memalign(alignment, size);
    if (!result) return ENOMEM;
    *memory = result;
    return 0;
}

bool allocation_counter_works(void) { return true; }
void allocation_counter_set(long *count) { current = count; }

#else

bool allocation_counter_works(void) { return false; }
void allocation_counter_set(long *count) { (void)count; }

#endif

long allocation_counter_read(const long *count) { return __atomic_load_n(count, __ATOMIC_RELAXED); }
