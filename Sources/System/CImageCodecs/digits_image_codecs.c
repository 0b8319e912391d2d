#include "digits_image_codecs.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "digits_library.h"

void digits_load_library(struct digits_library *library, const struct digits_needed *needed, size_t count) {
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

static struct digits_turbojpeg turbojpeg_functions;
static struct digits_library turbojpeg_library = {
    .title = "TurboJPEG",
    .installation = DIGITS_INSTALLATION("libturbojpeg0 (of Ubuntu: libturbojpeg)", "jpeg-turbo"),
    .names = DIGITS_NAMES("libturbojpeg.so.0", "libturbojpeg.0.dylib"),
};

static void load_turbojpeg(void) {
#define NEEDED(name) {&turbojpeg_functions.name, "tj" #name}
    const struct digits_needed needed[] = {
        NEEDED(InitDecompress), NEEDED(DecompressHeader3), NEEDED(Decompress2), NEEDED(GetErrorStr2),
        NEEDED(Destroy)};
#undef NEEDED
    DIGITS_LOAD(turbojpeg_library, needed);
}

LOADER(turbojpeg)

static struct digits_webp webp_functions;
static struct digits_library webp_library = {
    .title = "libwebp",
    .installation = DIGITS_INSTALLATION("libwebp7", "webp"),
    .names = DIGITS_NAMES("libwebp.so.7", "libwebp.7.dylib"),
};

static void load_webp(void) {
#define NEEDED(name) {&webp_functions.name, "WebP" #name}
    const struct digits_needed needed[] = {
        NEEDED(GetFeaturesInternal), NEEDED(DecodeRGBInto), NEEDED(DecodeRGBAInto)};
#undef NEEDED
    DIGITS_LOAD(webp_library, needed);
}

LOADER(webp)

static struct digits_tiff tiff_functions;
static struct digits_library tiff_library = {
    .title = "libtiff",
    .installation = DIGITS_INSTALLATION("libtiff6", "libtiff"),
    // Its older binary interface differs in nothing that is used here.
#ifdef __APPLE__
    .names = DIGITS_FOLDERS("libtiff.6.dylib"),
#else
    .names = {"libtiff.so.6", "libtiff.so.5"},
#endif
};

// Each file is read by one thread from beginning to end, so that a thread's mark is its file's.
static _Thread_local bool tiff_has_fault;

void digits_tiff_forget_faults(void) { tiff_has_fault = false; }

bool digits_tiff_has_fault(void) { return tiff_has_fault; }

static void note_tiff_error(const char *module, const char *format, va_list values) {
    (void)module, (void)format, (void)values;
    tiff_has_fault = true;
}

// Of its warnings, those of libjpeg and of the decoders of fax (CCITT) mean that pixels are wrong.
static void note_tiff_warning(const char *module, const char *format, va_list values) {
    (void)format, (void)values;
    if (module && (strcmp(module, "JPEGLib") == 0 || strncmp(module, "Fax", 3) == 0)) tiff_has_fault = true;
}

static void load_tiff(void) {
    typedef void (*handler)(const char *module, const char *format, va_list values);
    typedef handler (*set_handler)(handler);
    set_handler set_error_handler, set_warning_handler;
#define NEEDED(name) {&tiff_functions.name, "TIFF" #name}
    const struct digits_needed needed[] = {
        NEEDED(ClientOpen), NEEDED(Close), NEEDED(SetDirectory), NEEDED(GetField),
        NEEDED(IsTiled), NEEDED(NumberOfTiles), NEEDED(NumberOfStrips), NEEDED(TileSize64),
        NEEDED(StripSize64), NEEDED(RGBAImageOK), NEEDED(ReadRGBAImageOriented), {&set_error_handler, "TIFFSetErrorHandler"},
        {&set_warning_handler, "TIFFSetWarningHandler"}};
#undef NEEDED
    DIGITS_LOAD(tiff_library, needed);
    if (!tiff_library.is_loaded) return;
    set_error_handler(note_tiff_error);
    set_warning_handler(note_tiff_warning);
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
static struct digits_library heif_library = {
    .title = "libheif",
    .installation = DIGITS_INSTALLATION("libheif1", "libheif"),
    .names = DIGITS_NAMES("libheif.so.1", "libheif.1.dylib"),
};

static void load_heif(void) {
#define NEEDED(name) {&heif_functions.name, "heif_" #name}
    const struct digits_needed needed[] = {
        NEEDED(context_alloc), NEEDED(context_free), NEEDED(context_set_maximum_image_size_limit),
        NEEDED(context_read_from_memory_without_copy), NEEDED(context_get_primary_image_handle),
        NEEDED(image_handle_get_width), NEEDED(image_handle_get_height), NEEDED(image_handle_has_alpha_channel),
        NEEDED(image_handle_is_premultiplied_alpha), NEEDED(image_handle_release), NEEDED(decode_image),
        NEEDED(image_get_width), NEEDED(image_get_height), NEEDED(image_get_plane_readonly),
        NEEDED(image_release)};
#undef NEEDED
    DIGITS_LOAD(heif_library, needed);
}

LOADER(heif)
