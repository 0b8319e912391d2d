// Counts what a test allocates, where the C library is glibc and no sanitizer has the allocator for itself.
#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

// Allocations of the calling thread since it began, or -1 where they are not counted.
long allocations_of_this_thread(void);

#endif
