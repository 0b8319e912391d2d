// Copies between images and blocks, elementwise operations, sums and affine maps per channel, optimisers.

static long blocks_offset(const digits_blocks *p, long y, long x, long c) {
    return c / p->width * p->block_stride + y * p->row_stride + x * p->width + c % p->width;
}

static void digits_image_to_blocks_reference(const digits_blocks *p, const float *image, float *blocks) {
    for (long y = 0; y < p->rows; y++)
        for (long x = 0; x < p->columns; x++)
            for (long c = 0; c < p->channels; c++)
                blocks[blocks_offset(p, y, x, c)] = image[(y * p->columns + x) * p->channels + c];
}

static void digits_blocks_to_image_reference(const digits_blocks *p, const float *blocks, float *image) {
    for (long y = 0; y < p->rows; y++)
        for (long x = 0; x < p->columns; x++)
            for (long c = 0; c < p->channels; c++)
                image[(y * p->columns + x) * p->channels + c] = blocks[blocks_offset(p, y, x, c)];
}

static void digits_relu_reference(long n, const float *x, float *y) {
    for (long i = 0; i < n; i++) y[i] = rectified(x[i]);
}

static void digits_relu_backward_reference(long n, const float *y, const float *dy, float *dx) {
    for (long i = 0; i < n; i++) dx[i] = y[i] > 0 ? dy[i] : 0;
}

static void digits_leaky_relu_reference(long n, float slope, const float *x, float *y) {
    for (long i = 0; i < n; i++) y[i] = x[i] < 0 ? slope * x[i] : x[i];
}

static void digits_leaky_relu_backward_reference(long n, float slope, const float *x, const float *dy, float *dx) {
    for (long i = 0; i < n; i++) dx[i] = x[i] > 0 ? dy[i] : slope * dy[i];
}

static void digits_channel_sums_reference(long rows, long stride, long channels, const float *x, float *sums) {
    for (long c = 0; c < channels; c++) {
        double sum = 0;
        for (long r = 0; r < rows; r++) sum += x[r * stride + c];
        sums[c] = (float)sum;
    }
}

static void digits_channel_moments_reference(long rows, long stride, long channels, const float *x,
                                             const float *centre, float *sums, float *squares) {
    for (long c = 0; c < channels; c++) {
        double sum = 0, square = 0;
        for (long r = 0; r < rows; r++) {
            double deviation = (double)x[r * stride + c] - centre[c];
            sum += deviation;
            square += deviation * deviation;
        }
        sums[c] = (float)sum;
        squares[c] = (float)square;
    }
}

static float affine(float x, float scale, float shift) { return x * scale + shift; }

static void digits_channel_gradients_reference(long rows, long stride, long channels, const float *dy, const float *x,
                                               const float *centre, const float *gate_scale, const float *gate_shift,
                                               float *sums, float *products) {
    for (long c = 0; c < channels; c++) {
        double sum = 0, product = 0;
        for (long r = 0; r < rows; r++) {
            long at = r * stride + c;
            int passes = !gate_shift || affine(x[at], gate_scale[c], gate_shift[c]) > 0;
            double g = passes ? dy[at] : 0;
            sum += g;
            product += g * ((double)x[at] - centre[c]);
        }
        sums[c] = (float)sum;
        products[c] = (float)product;
    }
}

static void digits_channel_affine_reference(long rows, long stride, long channels, const float *x, const float *scale,
                                            const float *shift, int32_t relu, float *y) {
    for (long r = 0; r < rows; r++)
        for (long c = 0; c < channels; c++) {
            float value = affine(x[r * stride + c], scale[c], shift[c]);
            y[r * stride + c] = relu ? rectified(value) : value;
        }
}

static void digits_channel_affine_pair_reference(long rows, long stride, long channels, const float *u,
                                                 const float *v, const float *scale_u, const float *scale_v,
                                                 const float *shift, const float *gate_shift, float *y) {
    for (long r = 0; r < rows; r++)
        for (long c = 0; c < channels; c++) {
            long at = r * stride + c;
            int passes = !gate_shift || affine(v[at], scale_u[c], gate_shift[c]) > 0;
            y[at] = (passes ? u[at] : 0) * scale_u[c] + affine(v[at], scale_v[c], shift[c]);
        }
}

static void digits_sgd_reference(long n, const digits_sgd *p, const float *gradient, float *velocity,
                                 float *parameters) {
    for (long i = 0; i < n; i++) {
        float step = p->learning_rate * gradient[i];
        if (p->momentum == 0) {
            parameters[i] -= step;
            continue;
        }
        velocity[i] = p->momentum * velocity[i] - step;
        parameters[i] += p->nesterov ? p->momentum * velocity[i] - step : velocity[i];
    }
}

static void digits_adam_reference(long n, const digits_adam *p, const float *gradient, float *first_moment,
                                  float *second_moment, float *parameters) {
    for (long i = 0; i < n; i++) {
        float g = gradient[i];
        first_moment[i] += (g - first_moment[i]) * (1 - p->beta1);
        second_moment[i] += (g * g - second_moment[i]) * (1 - p->beta2);
        parameters[i] = parameters[i] * (1 - p->decay) -
                        p->step_size * first_moment[i] / (sqrtf(second_moment[i]) + p->epsilon);
    }
}

static void digits_rmsprop_reference(long n, const digits_rmsprop *p, const float *gradient, float *mean_square,
                                     float *velocity, float *parameters) {
    for (long i = 0; i < n; i++) {
        float g = gradient[i];
        mean_square[i] = p->rho * mean_square[i] + (1 - p->rho) * g * g;
        float step = p->learning_rate * g / sqrtf(mean_square[i] + p->epsilon);
        if (p->momentum != 0) step = velocity[i] = p->momentum * velocity[i] + step;
        parameters[i] -= step;
    }
}
