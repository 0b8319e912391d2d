// Counts the heap allocations of chosen threads, for tests that promise none.
#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stdbool.h>

// Whether this build can count: with glibc, and without a sanitizer, which has an allocator of its own.
bool allocation_counter_works(void);

// From now on this thread's allocations are added to *count, with atomic additions; with NULL, to nothing.
// The counter must live as long as the thread, or until it is set to another.
void allocation_counter_set(long *count);

long allocation_counter_read(const long *count);

#endif
