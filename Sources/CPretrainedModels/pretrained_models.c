// #embed is part of C23; clang has it since version 19 in every language mode, and says so with a warning.
#pragma clang diagnostic ignored "-Wc23-extensions"

#include "include/pretrained_models.h"

static const unsigned char accurate[] = {
#embed "models/accurate.safetensors"
};

static const unsigned char tiny[] = {
#embed "models/tiny.safetensors"
};

digits_pretrained_model digits_pretrained_accurate(void) {
    return (digits_pretrained_model){accurate, sizeof accurate};
}

digits_pretrained_model digits_pretrained_tiny(void) { return (digits_pretrained_model){tiny, sizeof tiny}; }

static const unsigned char reader[] = {
#embed "models/reader.safetensors"
};

digits_pretrained_model digits_pretrained_reader(void) {
    return (digits_pretrained_model){reader, sizeof reader};
}

static const unsigned char numbers[] = {
#embed "models/numbers.safetensors"
};

digits_pretrained_model digits_pretrained_numbers(void) {
    return (digits_pretrained_model){numbers, sizeof numbers};
}
