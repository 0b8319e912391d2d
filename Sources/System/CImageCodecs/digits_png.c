#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include "digits_image_codecs.h"
#include "digits_library.h"

// Functions of libpng's interface, which libpng16 has kept since 2013. Structures are opaque.
typedef void (*read_bytes)(void *png, uint8_t *bytes, size_t count);
typedef void (*tell)(void *png, const char *message);

static struct {
    void *(*create_read_struct)(const char *version, void *context, tell error, tell warning);
    void *(*create_info_struct)(void *png);
    void (*destroy_read_struct)(void **png, void **info, void **end_info);
    void *(*get_error_ptr)(const void *png);
    void *(*get_io_ptr)(const void *png);
    void (*set_read_fn)(void *png, void *context, read_bytes read);
    void (*set_keep_unknown_chunks)(void *png, int keep, const uint8_t *names, int count);
    void (*read_info)(void *png, void *info);
    uint32_t (*get_image_width)(const void *png, const void *info);
    uint32_t (*get_image_height)(const void *png, const void *info);
    uint8_t (*get_channels)(const void *png, const void *info);
    size_t (*get_rowbytes)(const void *png, const void *info);
    void (*set_expand)(void *png);
    void (*set_scale_16)(void *png);
    int (*set_interlace_handling)(void *png);
    void (*read_update_info)(void *png, void *info);
    void (*read_row)(void *png, uint8_t *row, uint8_t *display_row);
    void (*read_end)(void *png, void *info);
} png_functions;

static struct digits_library png_library = {
    .title = "libpng",
    .installation = DIGITS_INSTALLATION("libpng16-16", "libpng"),
    .names = DIGITS_NAMES("libpng16.so.16", "libpng16.16.dylib"),
};

static void load_png(void) {
#define NEEDED(name) {&png_functions.name, "png_" #name}
    const struct digits_needed needed[] = {
        NEEDED(create_read_struct), NEEDED(create_info_struct), NEEDED(destroy_read_struct), NEEDED(get_error_ptr),
        NEEDED(get_io_ptr), NEEDED(set_read_fn), NEEDED(set_keep_unknown_chunks), NEEDED(read_info),
        NEEDED(get_image_width), NEEDED(get_image_height), NEEDED(get_channels), NEEDED(get_rowbytes),
        NEEDED(set_expand), NEEDED(set_scale_16), NEEDED(set_interlace_handling), NEEDED(read_update_info),
        NEEDED(read_row), NEEDED(read_end)};
#undef NEEDED
    DIGITS_LOAD(png_library, needed);
}

const char *digits_png_load(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load_png);
    return png_library.is_loaded ? NULL : png_library.fault;
}

struct reader {
    const uint8_t *bytes;
    size_t count;
    void *png, *info;
    char *message;
    jmp_buf failure;
};

static void fail(void *png, const char *message) {
    struct reader *reader = png_functions.get_error_ptr(png);
    snprintf(reader->message, DIGITS_PNG_MESSAGE_SIZE, "%s", message);
    longjmp(reader->failure, 1);
}

// Without it libpng would print.
static void ignore(void *png, const char *message) { (void)png, (void)message; }

static void take_bytes(void *png, uint8_t *bytes, size_t count) {
    struct reader *reader = png_functions.get_io_ptr(png);
    if (count > reader->count) fail(png, "it ends too early");
    memcpy(bytes, reader->bytes, count);
    reader->bytes += count;
    reader->count -= count;
}

static void read_file(struct reader *reader, struct digits_png_header *header, uint8_t *pixels) {
    void *png = reader->png, *info = reader->info;
    png_functions.set_read_fn(png, reader, take_bytes);
    // Texts and profiles, which may be inflated to a thousand times their size, are passed over; transparent colours are kept.
    enum { NEVER = 1, ALL = -1 };
    png_functions.set_keep_unknown_chunks(png, NEVER, NULL, ALL);
    png_functions.read_info(png, info);
    // Palettes become colours, greys get 8 bits, and transparent colours a channel.
    png_functions.set_expand(png);
    png_functions.set_scale_16(png);
    int passes = png_functions.set_interlace_handling(png);
    png_functions.read_update_info(png, info);
    struct digits_png_header found = {
        .width = png_functions.get_image_width(png, info),
        .height = png_functions.get_image_height(png, info),
        .channels = png_functions.get_channels(png, info),
    };
    size_t stride = (size_t)found.width * found.channels;
    if (png_functions.get_rowbytes(png, info) != stride) fail(png, "its rows have an unexpected length");
    if (pixels) {
        if (memcmp(&found, header, sizeof found) != 0) fail(png, "its header has changed");
        for (int pass = 0; pass < passes; pass++)
            for (uint32_t row = 0; row < found.height; row++)
                png_functions.read_row(png, pixels + row * stride, NULL);
        png_functions.read_end(png, NULL);
    }
    *header = found;
}

bool digits_png_read(
    const uint8_t *bytes, size_t count, struct digits_png_header *header, uint8_t *pixels,
    char message[DIGITS_PNG_MESSAGE_SIZE]) {
    struct reader reader = {.bytes = bytes, .count = count, .message = message};
    // A jump comes back to here; what was changed in between is in the memory of `reader`, not in a register.
    struct reader *volatile kept = &reader;
    volatile bool is_read = false;
    // As libpng says it, too.
    snprintf(message, DIGITS_PNG_MESSAGE_SIZE, "%s", DIGITS_PNG_OUT_OF_MEMORY);
    if (setjmp(reader.failure) == 0) {
        kept->png = png_functions.create_read_struct("1.6.0", kept, fail, ignore);
        if (kept->png) kept->info = png_functions.create_info_struct(kept->png);
        if (kept->info) {
            read_file(kept, header, pixels);
            is_read = true;
        }
    }
    if (kept->png) png_functions.destroy_read_struct(&kept->png, &kept->info, NULL);
    return is_read;
}
