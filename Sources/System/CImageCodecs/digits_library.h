// How a library of the system is loaded.
#ifndef DIGITS_LIBRARY_H
#define DIGITS_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

struct digits_library {
    const char *title;
    // What to type where it is missing.
    const char *installation;
    // The files that it may be in; the first that there is is taken.
    const char *names[3];
    bool is_loaded;
    // Where it is not, why not.
    char fault[512];
};

struct digits_needed {
    // Where the function's address goes.
    void *function;
    const char *name;
};

#ifdef __APPLE__
#define DIGITS_FOLDERS(file) {file, "/opt/homebrew/lib/" file, "/usr/local/lib/" file}
#define DIGITS_INSTALLATION(linux, apple) "brew install " apple
#define DIGITS_NAMES(linux, apple) DIGITS_FOLDERS(apple)
#else
#define DIGITS_INSTALLATION(linux, apple) "apt install " linux
#define DIGITS_NAMES(linux, apple) {linux}
#endif

// Loads a library and finds the functions that are needed of it. To be called once.
void digits_load_library(struct digits_library *library, const struct digits_needed *needed, size_t count);

#define DIGITS_LOAD(library, needed) digits_load_library(&library, needed, sizeof needed / sizeof *needed)

#endif
