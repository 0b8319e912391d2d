// Copies between an image and blocks of its channels.

INLINE void copy_floats(const float *from, float *to, long n) {
    long i = 0;
    for (; i + DIGITS_WIDTH <= n; i += DIGITS_WIDTH) store(to + i, load(from + i));
    if (i < n) store_tail(to + i, n - i, load_tail(from + i, n - i));
}

// `width` is a constant where it can be, which turns a copy into one or two moves.
INLINE void to_blocks(const digits_blocks *p, long width, const float *image, float *blocks) {
    for (long y = 0; y < p->rows; y++)
        for (long x = 0; x < p->columns; x++, image += p->channels) {
            float *place = blocks + y * p->row_stride + x * width;
            long c = 0;
            for (; c + width <= p->channels; c += width, place += p->block_stride) copy_floats(image + c, place, width);
            if (c < p->channels) copy_floats(image + c, place, p->channels - c);
        }
}

INLINE void to_image(const digits_blocks *p, long width, const float *blocks, float *image) {
    for (long y = 0; y < p->rows; y++)
        for (long x = 0; x < p->columns; x++, image += p->channels) {
            const float *place = blocks + y * p->row_stride + x * width;
            long c = 0;
            for (; c + width <= p->channels; c += width, place += p->block_stride) copy_floats(place, image + c, width);
            if (c < p->channels) copy_floats(place, image + c, p->channels - c);
        }
}

static void DIGITS_NAME(image_to_blocks)(const digits_blocks *arguments, const float *image, float *blocks) {
    const digits_blocks p = *arguments; // a local copy, which no store can change
    if (p.width == DIGITS_BLOCK)
        to_blocks(&p, DIGITS_BLOCK, image, blocks);
    else
        to_blocks(&p, p.width, image, blocks);
}

static void DIGITS_NAME(blocks_to_image)(const digits_blocks *arguments, const float *blocks, float *image) {
    const digits_blocks p = *arguments;
    if (p.width == DIGITS_BLOCK)
        to_image(&p, DIGITS_BLOCK, blocks, image);
    else
        to_image(&p, p.width, blocks, image);
}
