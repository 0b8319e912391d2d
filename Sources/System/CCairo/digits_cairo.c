#include "digits_cairo.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static struct digits_cairo cairo;
static bool is_loaded;
static char fault[512];

#ifdef __APPLE__
static const char *const names[] = {
    "libcairo.2.dylib", "/opt/homebrew/lib/libcairo.2.dylib", "/usr/local/lib/libcairo.2.dylib"};
static const char *const installation = "brew install cairo";
#else
static const char *const names[] = {"libcairo.so.2"};
static const char *const installation = "apt install libcairo2";
#endif

static void load(void) {
    void *library = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !library; i++)
        library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        const char *error = dlerror();
        snprintf(fault, sizeof fault, "Cairo is not installed: %s. (%s)", installation, error ? error : names[0]);
        return;
    }
#define NEEDED(name) {&cairo.name, "cairo_" #name}
    const struct { void *function; const char *name; } needed[] = {
        NEEDED(image_surface_create), NEEDED(image_surface_get_data), NEEDED(image_surface_get_stride),
        NEEDED(pdf_surface_create_for_stream), NEEDED(pdf_surface_set_metadata),
        NEEDED(surface_write_to_png_stream), NEEDED(surface_status), NEEDED(surface_mark_dirty),
        NEEDED(surface_finish), NEEDED(surface_destroy), NEEDED(status_to_string), NEEDED(create), NEEDED(status),
        NEEDED(destroy), NEEDED(save), NEEDED(restore), NEEDED(translate), NEEDED(scale), NEEDED(rotate),
        NEEDED(set_source_rgb), NEEDED(set_source_surface), NEEDED(get_source), NEEDED(pattern_set_filter),
        NEEDED(paint), NEEDED(set_line_width), NEEDED(set_line_cap), NEEDED(set_line_join), NEEDED(set_dash),
        NEEDED(new_path), NEEDED(move_to), NEEDED(line_to), NEEDED(arc), NEEDED(rectangle), NEEDED(close_path),
        NEEDED(clip), NEEDED(fill_preserve), NEEDED(stroke), NEEDED(select_font_face), NEEDED(set_font_size),
        NEEDED(font_options_create), NEEDED(font_options_set_antialias), NEEDED(font_options_set_hint_style),
        NEEDED(font_options_set_hint_metrics), NEEDED(font_options_destroy), NEEDED(set_font_options),
        NEEDED(text_extents), NEEDED(show_text),
    };
#undef NEEDED
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        void *symbol = dlsym(library, needed[i].name);
        if (!symbol) {
            snprintf(
                fault, sizeof fault, "The installed Cairo is too old, it has no %s: %s.", needed[i].name,
                installation);
            return;
        }
        memcpy(needed[i].function, &symbol, sizeof symbol);
    }
    is_loaded = true;
}

const struct digits_cairo *digits_cairo_load(const char **reason) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    *reason = is_loaded ? NULL : fault;
    return is_loaded ? &cairo : NULL;
}
