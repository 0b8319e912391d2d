// What the processor can do at most, to say what share of it a kernel reaches.
#ifndef MACHINE_PEAK_H
#define MACHINE_PEAK_H

// The widest vector instructions that `machine_peak_run` uses here: "AVX-512", "AVX2" or "128 bits".
const char *machine_peak_name(void);

// Does `rounds` rounds of independent fused multiply-adds in registers, on the calling thread.
// Returns how many floating-point operations these were (a multiply-add counts as two).
double machine_peak_run(long rounds);

#endif
