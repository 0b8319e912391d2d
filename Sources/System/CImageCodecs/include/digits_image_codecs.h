// The few functions that are used of the system's libraries for image files. Each library is loaded when the first file of its
// format is read: linked in the usual way all would be loaded with every start of the program, and with them what they need
// themselves, libheif alone its video codecs.
//
// Numbers and structures are the libraries' own; they belong to binary interfaces that have not changed since the versions
// named below. All functions may be called from several threads, each thread with handles of its own.
#ifndef DIGITS_IMAGE_CODECS_H
#define DIGITS_IMAGE_CODECS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// MARK: libpng 1.6 (http://www.libpng.org/pub/png/libpng-manual.txt)
//
// libpng wants to jump out of errors, which Swift cannot, so that reading is here as a whole.

// Bytes of a message, its end included.
enum { DIGITS_PNG_MESSAGE_SIZE = 128 };

// The message where there is not enough memory.
#define DIGITS_PNG_OUT_OF_MEMORY "Out of memory"

struct digits_png_header {
    uint32_t width, height;
    // What the pixels have once palettes are looked up: 1 grey, 2 grey and alpha, 3 colours, 4 colours and alpha.
    int channels;
};

// Loads libpng, once for the process; later calls cost nothing. May be called from any thread.
// Returns NULL, or why it cannot be loaded.
const char *digits_png_load(void);

// Reads a file's header and, where `pixels` is not NULL, then its pixels with 8 bits a channel, `[height][width][channels]`, to
// the file's end. Room is asked for by a first call without it. Call digits_png_load before.
// Returns false where the file is damaged or memory is short, and then `message` says in which way.
bool digits_png_read(
    const uint8_t *bytes, size_t count, struct digits_png_header *header, uint8_t *pixels,
    char message[DIGITS_PNG_MESSAGE_SIZE]);

// MARK: TurboJPEG 2.0 and newer, the interface of libjpeg-turbo with handles (https://libjpeg-turbo.org)

enum {
    DIGITS_TURBOJPEG_RGB = 0,
    DIGITS_TURBOJPEG_GRAY = 6,
    DIGITS_TURBOJPEG_CMYK = 11,
    DIGITS_TURBOJPEG_COLORSPACE_GRAY = 2,
    DIGITS_TURBOJPEG_COLORSPACE_CMYK = 3,
    DIGITS_TURBOJPEG_COLORSPACE_YCCK = 4,
};

struct digits_turbojpeg {
    void *(*InitDecompress)(void);
    int (*DecompressHeader3)(
        void *handle, const unsigned char *bytes, unsigned long count, int *width, int *height, int *subsampling,
        int *colorspace);
    int (*Decompress2)(
        void *handle, const unsigned char *bytes, unsigned long count, unsigned char *pixels, int width, int pitch,
        int height, int pixel_format, int flags);
    char *(*GetErrorStr2)(void *handle);
    int (*Destroy)(void *handle);
};

const struct digits_turbojpeg *digits_turbojpeg_load(const char **reason);

// MARK: libwebp 1 (https://developers.google.com/speed/webp/docs/api)

enum { DIGITS_WEBP_DECODER_ABI_VERSION = 0x0209 };

struct digits_webp_features {
    int width, height, has_alpha, has_animation, format;
    uint32_t pad[5];
};

struct digits_webp {
    int (*GetFeaturesInternal)(
        const uint8_t *bytes, size_t count, struct digits_webp_features *features, int version);
    uint8_t *(*DecodeRGBInto)(const uint8_t *bytes, size_t count, uint8_t *pixels, size_t size, int stride);
    uint8_t *(*DecodeRGBAInto)(const uint8_t *bytes, size_t count, uint8_t *pixels, size_t size, int stride);
};

const struct digits_webp *digits_webp_load(const char **reason);

// MARK: libtiff 4 (https://libtiff.gitlab.io/libtiff)

enum {
    DIGITS_TIFF_ORIENTATION = 274,
    DIGITS_TIFF_IMAGE_WIDTH = 256,
    DIGITS_TIFF_IMAGE_LENGTH = 257,
    DIGITS_TIFF_PHOTOMETRIC = 262,
    DIGITS_TIFF_MIN_IS_WHITE = 0,
    DIGITS_TIFF_MIN_IS_BLACK = 1,
    DIGITS_TIFF_UNASSOCIATED_ALPHA = 2,
};

// Callbacks get the context that was given to ClientOpen.
typedef ptrdiff_t (*digits_tiff_transfer)(void *context, void *bytes, ptrdiff_t count);
typedef uint64_t (*digits_tiff_seek)(void *context, uint64_t offset, int whence);
typedef int (*digits_tiff_close)(void *context);
typedef uint64_t (*digits_tiff_size)(void *context);
typedef int (*digits_tiff_map)(void *context, void **base, uint64_t *size);
typedef void (*digits_tiff_unmap)(void *context, void *base, uint64_t size);

struct digits_tiff {
    void *(*ClientOpen)(
        const char *name, const char *mode, void *context, digits_tiff_transfer read, digits_tiff_transfer write,
        digits_tiff_seek, digits_tiff_close, digits_tiff_size, digits_tiff_map, digits_tiff_unmap);
    void (*Close)(void *tiff);
    int (*SetDirectory)(void *tiff, uint32_t directory);
    int (*GetField)(void *tiff, uint32_t tag, ...);
    int (*IsTiled)(void *tiff);
    uint32_t (*NumberOfTiles)(void *tiff);
    uint32_t (*NumberOfStrips)(void *tiff);
    uint64_t (*TileSize64)(void *tiff);
    uint64_t (*StripSize64)(void *tiff);
    // `message` has room for 1,024 bytes.
    int (*RGBAImageOK)(void *tiff, char *message);
    int (*ReadRGBAImageOriented)(
        void *tiff, uint32_t width, uint32_t height, uint32_t *raster, int orientation, int stop_on_error);
};

// libtiff's messages, which it would print for the whole process, only set a mark of their thread from then on.
const struct digits_tiff *digits_tiff_load(const char **reason);

// Forgets what libtiff has said in this thread so far.
void digits_tiff_forget_faults(void);

// Whether libtiff has since said, in this thread, that data are damaged. Its decoders of JPEG and fax go on after that and succeed.
bool digits_tiff_has_fault(void);

// GetField has a variadic signature, which Swift cannot call. The value is a uint32_t for width and length, and a uint16_t for
// the other tags above.
int digits_tiff_get_field(const struct digits_tiff *functions, void *tiff, uint32_t tag, void *value);

// What the first channel is that is no colour, such as DIGITS_TIFF_UNASSOCIATED_ALPHA; 0 where nothing is said.
int digits_tiff_extra_sample(const struct digits_tiff *functions, void *tiff);

// MARK: libheif 1.12 and newer (https://github.com/strukturag/libheif)

enum {
    DIGITS_HEIF_ERROR_UNSUPPORTED_FILETYPE = 3,
    DIGITS_HEIF_ERROR_UNSUPPORTED_FEATURE = 4,
    DIGITS_HEIF_ERROR_MEMORY_ALLOCATION = 6,
    DIGITS_HEIF_SUBERROR_SECURITY_LIMIT_EXCEEDED = 1000,
    // There is no decoder for the picture's compression.
    DIGITS_HEIF_SUBERROR_UNSUPPORTED_CODEC = 3000,
    DIGITS_HEIF_COLORSPACE_RGB = 1,
    DIGITS_HEIF_CHROMA_INTERLEAVED_RGB = 10,
    DIGITS_HEIF_CHROMA_INTERLEAVED_RGBA = 11,
    DIGITS_HEIF_CHANNEL_INTERLEAVED = 10,
};

struct digits_heif_error {
    int code, subcode;
    const char *message;
};

struct digits_heif {
    void *(*context_alloc)(void);
    void (*context_free)(void *context);
    // The longest side that is decoded.
    void (*context_set_maximum_image_size_limit)(void *context, int side);
    struct digits_heif_error (*context_read_from_memory_without_copy)(
        void *context, const void *bytes, size_t count, const void *options);
    struct digits_heif_error (*context_get_primary_image_handle)(void *context, void **handle);
    int (*image_handle_get_width)(const void *handle);
    int (*image_handle_get_height)(const void *handle);
    int (*image_handle_has_alpha_channel)(const void *handle);
    int (*image_handle_is_premultiplied_alpha)(const void *handle);
    void (*image_handle_release)(const void *handle);
    struct digits_heif_error (*decode_image)(
        const void *handle, void **image, int colorspace, int chroma, const void *options);
    int (*image_get_width)(const void *image, int channel);
    int (*image_get_height)(const void *image, int channel);
    const uint8_t *(*image_get_plane_readonly)(const void *image, int channel, int *stride);
    void (*image_release)(const void *image);
};

const struct digits_heif *digits_heif_load(const char **reason);

// But for libpng's, each of the functions `…_load` loads its library, once for the process; later calls cost nothing. They may be
// called from any thread. They return the library's functions; or NULL, and then `*reason` says why it cannot be loaded.

#endif
