// The few functions that are used of the system's Cairo, which is loaded when the first figure needs it.
//
// Linked in the usual way it would be loaded with every start of the program, and with it some 20 libraries that it
// needs itself. An empty program takes 1.1 ms to start and end; linked with Cairo it takes 3.0 to 3.8 ms.
#ifndef DIGITS_CAIRO_H
#define DIGITS_CAIRO_H

// Where a text's ink lies beside its origin, and how far the next one is; in user space.
struct digits_cairo_text_extents {
    double x_bearing, y_bearing, width, height, x_advance, y_advance;
};

// Takes bytes of a file; returns DIGITS_CAIRO_SUCCESS.
typedef int (*digits_cairo_write)(void *context, const unsigned char *bytes, unsigned int count);

// Numbers of Cairo's interface (https://www.cairographics.org/manual/). They never change: the library has kept the binary
// interface of libcairo.so.2 since 2005.
enum {
    DIGITS_CAIRO_SUCCESS = 0,
    DIGITS_CAIRO_FORMAT_RGB24 = 1,
    DIGITS_CAIRO_FILTER_GOOD = 1,
    DIGITS_CAIRO_FILTER_NEAREST = 3,
    DIGITS_CAIRO_LINE_CAP_ROUND = 1,
    DIGITS_CAIRO_LINE_JOIN_ROUND = 1,
    DIGITS_CAIRO_ANTIALIAS_GRAY = 2,
    DIGITS_CAIRO_HINT_STYLE_NONE = 1,
    DIGITS_CAIRO_HINT_METRICS_OFF = 1,
    DIGITS_CAIRO_FONT_SLANT_NORMAL = 0,
    DIGITS_CAIRO_FONT_WEIGHT_NORMAL = 0,
    DIGITS_CAIRO_FONT_WEIGHT_BOLD = 1,
    DIGITS_CAIRO_PDF_METADATA_TITLE = 0,
    DIGITS_CAIRO_PDF_METADATA_SUBJECT = 2,
};

// Cairo's functions, each under its name without `cairo_`. Surfaces, contexts and options are opaque.
struct digits_cairo {
    void *(*image_surface_create)(int format, int width, int height);
    unsigned char *(*image_surface_get_data)(void *surface);
    int (*image_surface_get_stride)(void *surface);
    void *(*pdf_surface_create_for_stream)(digits_cairo_write, void *context, double width, double height);
    void (*pdf_surface_set_metadata)(void *surface, int key, const char *text);
    int (*surface_write_to_png_stream)(void *surface, digits_cairo_write, void *context);
    int (*surface_status)(void *surface);
    void (*surface_mark_dirty)(void *surface);
    void (*surface_finish)(void *surface);
    void (*surface_destroy)(void *surface);
    const char *(*status_to_string)(int status);

    void *(*create)(void *surface);
    int (*status)(void *context);
    void (*destroy)(void *context);
    void (*save)(void *context);
    void (*restore)(void *context);
    void (*translate)(void *context, double x, double y);
    void (*scale)(void *context, double x, double y);
    void (*rotate)(void *context, double radians);

    void (*set_source_rgb)(void *context, double red, double green, double blue);
    void (*set_source_surface)(void *context, void *surface, double x, double y);
    void *(*get_source)(void *context);
    void (*pattern_set_filter)(void *pattern, int filter);
    void (*paint)(void *context);
    void (*set_line_width)(void *context, double width);
    void (*set_line_cap)(void *context, int cap);
    void (*set_line_join)(void *context, int join);
    void (*set_dash)(void *context, const double *lengths, int count, double offset);

    void (*new_path)(void *context);
    void (*move_to)(void *context, double x, double y);
    void (*line_to)(void *context, double x, double y);
    void (*arc)(void *context, double x, double y, double radius, double from, double to);
    void (*rectangle)(void *context, double x, double y, double width, double height);
    void (*close_path)(void *context);
    void (*clip)(void *context);
    void (*fill_preserve)(void *context);
    void (*stroke)(void *context);

    void (*select_font_face)(void *context, const char *family, int slant, int weight);
    void (*set_font_size)(void *context, double size);
    void *(*font_options_create)(void);
    void (*font_options_set_antialias)(void *options, int antialias);
    void (*font_options_set_hint_style)(void *options, int style);
    void (*font_options_set_hint_metrics)(void *options, int metrics);
    void (*font_options_destroy)(void *options);
    void (*set_font_options)(void *context, const void *options);
    void (*text_extents)(void *context, const char *text, struct digits_cairo_text_extents *extents);
    void (*show_text)(void *context, const char *text);
};

// Loads Cairo, once for the process; later calls cost nothing. May be called from any thread.
// Returns its functions; or NULL, and then `*reason` says why it cannot be loaded.
const struct digits_cairo *digits_cairo_load(const char **reason);

#endif
