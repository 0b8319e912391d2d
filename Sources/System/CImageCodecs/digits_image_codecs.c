#include "digits_image_codecs.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct needed {
    void *function;
    const char *name;
};

struct library {
    const char *title;
    // What to type where it is missing.
    const char *installation;
    const char *names[3];
    bool is_loaded;
    char fault[512];
};

#ifdef __APPLE__
#define FOLDERS(file) {file, "/opt/homebrew/lib/" file, "/usr/local/lib/" file}
#define INSTALLATION(linux, apple) "brew install " apple
#define NAMES(linux, apple) FOLDERS(apple)
#else
#define INSTALLATION(linux, apple) "apt install " linux
#define NAMES(linux, apple) {linux}
#endif

static void load(struct library *library, const struct needed *needed, size_t count) {
    void *handle = NULL;
    for (size_t i = 0; i < sizeof library->names / sizeof *library->names && library->names[i] && !handle; i++)
        handle = dlopen(library->names[i], RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        const char *error = dlerror();
        snprintf(
            library->fault, sizeof library->fault, "%s is not installed: %s. (%s)", library->title,
            library->installation, error ? error : library->names[0]);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        void *symbol = dlsym(handle, needed[i].name);
        if (!symbol) {
            snprintf(
                library->fault, sizeof library->fault, "The installed %s is too old, it has no %s: %s.",
                library->title, needed[i].name, library->installation);
            return;
        }
        memcpy(needed[i].function, &symbol, sizeof symbol);
    }
    library->is_loaded = true;
}

// The public function that loads one library's functions by the function load_NAME.
#define LOADER(name)                                                                       \
    const struct digits_##name *digits_##name##_load(const char **reason) {                \
        static pthread_once_t once = PTHREAD_ONCE_INIT;                                    \
        pthread_once(&once, load_##name);                                                  \
        *reason = name##_library.is_loaded ? NULL : name##_library.fault;                  \
        return name##_library.is_loaded ? &name##_functions : NULL;                        \
    }

#define LOAD(library, needed) load(&library, needed, sizeof needed / sizeof *needed)

static struct digits_png png_functions;
static struct library png_library = {
    .title = "libpng",
    .installation = INSTALLATION("libpng16-16", "libpng"),
    .names = NAMES("libpng16.so.16", "libpng16.16.dylib"),
};

static void load_png(void) {
#define NEEDED(name) {&png_functions.name, "png_" #name}
    const struct needed needed[] = {
        NEEDED(image_begin_read_from_memory), NEEDED(image_finish_read), NEEDED(image_free)};
#undef NEEDED
    LOAD(png_library, needed);
}

LOADER(png)

static struct digits_turbojpeg turbojpeg_functions;
static struct library turbojpeg_library = {
    .title = "TurboJPEG",
    .installation = INSTALLATION("libturbojpeg0 (of Ubuntu: libturbojpeg)", "jpeg-turbo"),
    .names = NAMES("libturbojpeg.so.0", "libturbojpeg.0.dylib"),
};

static void load_turbojpeg(void) {
#define NEEDED(name) {&turbojpeg_functions.name, "tj" #name}
    const struct needed needed[] = {
        NEEDED(InitDecompress), NEEDED(DecompressHeader3), NEEDED(Decompress2), NEEDED(GetErrorStr2),
        NEEDED(Destroy)};
#undef NEEDED
    LOAD(turbojpeg_library, needed);
}

LOADER(turbojpeg)

static struct digits_webp webp_functions;
static struct library webp_library = {
    .title = "libwebp",
    .installation = INSTALLATION("libwebp7", "webp"),
    .names = NAMES("libwebp.so.7", "libwebp.7.dylib"),
};

static void load_webp(void) {
#define NEEDED(name) {&webp_functions.name, "WebP" #name}
    const struct needed needed[] = {
        NEEDED(GetFeaturesInternal), NEEDED(DecodeRGBInto), NEEDED(DecodeRGBAInto)};
#undef NEEDED
    LOAD(webp_library, needed);
}

LOADER(webp)

static struct digits_tiff tiff_functions;
static struct library tiff_library = {
    .title = "libtiff",
    .installation = INSTALLATION("libtiff6", "libtiff"),
    // Its older binary interface differs in nothing that is used here.
#ifdef __APPLE__
    .names = FOLDERS("libtiff.6.dylib"),
#else
    .names = {"libtiff.so.6", "libtiff.so.5"},
#endif
};

static void load_tiff(void) {
    // Without handlers nothing is printed.
    typedef void *(*set_handler)(void *handler);
    set_handler set_error_handler, set_warning_handler;
#define NEEDED(name) {&tiff_functions.name, "TIFF" #name}
    const struct needed needed[] = {
        NEEDED(ClientOpen), NEEDED(Close), NEEDED(SetDirectory), NEEDED(GetField),
        NEEDED(IsTiled), NEEDED(TileSize64), NEEDED(StripSize64), NEEDED(RGBAImageOK),
        NEEDED(ReadRGBAImageOriented), {&set_error_handler, "TIFFSetErrorHandler"},
        {&set_warning_handler, "TIFFSetWarningHandler"}};
#undef NEEDED
    LOAD(tiff_library, needed);
    if (!tiff_library.is_loaded) return;
    set_error_handler(NULL);
    set_warning_handler(NULL);
}

LOADER(tiff)

int digits_tiff_get_field(const struct digits_tiff *functions, void *tiff, uint32_t tag, void *value) {
    return functions->GetField(tiff, tag, value);
}

int digits_tiff_extra_sample(const struct digits_tiff *functions, void *tiff) {
    enum { EXTRA_SAMPLES = 338 };
    uint16_t count = 0;
    const uint16_t *kinds = NULL;
    int is_there = functions->GetField(tiff, EXTRA_SAMPLES, &count, &kinds);
    return is_there && count > 0 && kinds ? kinds[0] : 0;
}

static struct digits_heif heif_functions;
static struct library heif_library = {
    .title = "libheif",
    .installation = INSTALLATION("libheif1", "libheif"),
    .names = NAMES("libheif.so.1", "libheif.1.dylib"),
};

static void load_heif(void) {
#define NEEDED(name) {&heif_functions.name, "heif_" #name}
    const struct needed needed[] = {
        NEEDED(context_alloc), NEEDED(context_free), NEEDED(context_set_maximum_image_size_limit),
        NEEDED(context_read_from_memory_without_copy), NEEDED(context_get_primary_image_handle),
        NEEDED(image_handle_get_width), NEEDED(image_handle_get_height), NEEDED(image_handle_has_alpha_channel),
        NEEDED(image_handle_is_premultiplied_alpha), NEEDED(image_handle_release), NEEDED(decode_image),
        NEEDED(image_get_width), NEEDED(image_get_height), NEEDED(image_get_plane_readonly),
        NEEDED(image_release)};
#undef NEEDED
    LOAD(heif_library, needed);
}

LOADER(heif)
