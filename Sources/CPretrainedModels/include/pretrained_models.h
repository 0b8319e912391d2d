// Model files that are part of the program, so that one file is all there is to copy.
#ifndef PRETRAINED_MODELS_H
#define PRETRAINED_MODELS_H

#include <stddef.h>

typedef struct {
    const unsigned char *bytes;
    size_t count;
} digits_pretrained_model;

digits_pretrained_model digits_pretrained_accurate(void);
digits_pretrained_model digits_pretrained_tiny(void);
digits_pretrained_model digits_pretrained_reader(void);
digits_pretrained_model digits_pretrained_numbers(void);

#endif
