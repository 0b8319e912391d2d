// Elementwise operations and optimisers over flat ranges.

static void DIGITS_NAME(relu)(long n, const float *x, float *y) {
    for (long i = 0; i < n; i += DIGITS_WIDTH) store_n(y + i, n - i, rectify(load_n(x + i, n - i)));
}

static void DIGITS_NAME(relu_backward)(long n, const float *y, const float *dy, float *dx) {
    for (long i = 0; i < n; i += DIGITS_WIDTH)
        store_n(dx + i, n - i, select_(load_n(y + i, n - i) > (vec){}, load_n(dy + i, n - i), (vec){}));
}

static void DIGITS_NAME(leaky_relu)(long n, float slope, const float *x, float *y) {
    for (long i = 0; i < n; i += DIGITS_WIDTH) {
        vec v = load_n(x + i, n - i);
        store_n(y + i, n - i, select_(v < (vec){}, v * broadcast(slope), v));
    }
}

static void DIGITS_NAME(leaky_relu_backward)(long n, float slope, const float *x, const float *dy, float *dx) {
    for (long i = 0; i < n; i += DIGITS_WIDTH) {
        vec g = load_n(dy + i, n - i);
        store_n(dx + i, n - i, select_(load_n(x + i, n - i) > (vec){}, g, g * broadcast(slope)));
    }
}

static void DIGITS_NAME(sgd)(long n, const digits_sgd *p, const float *gradient, float *velocity,
                             float *parameters) {
    vec rate = broadcast(p->learning_rate), momentum = broadcast(p->momentum);
    for (long i = 0; i < n; i += DIGITS_WIDTH) {
        long left = n - i;
        vec step = rate * load_n(gradient + i, left), w = load_n(parameters + i, left);
        if (p->momentum == 0) {
            store_n(parameters + i, left, w - step);
            continue;
        }
        vec v = momentum * load_n(velocity + i, left) - step;
        store_n(velocity + i, left, v);
        store_n(parameters + i, left, p->nesterov ? w + (momentum * v - step) : w + v);
    }
}

static void DIGITS_NAME(adam)(long n, const digits_adam *p, const float *gradient, float *first_moment,
                              float *second_moment, float *parameters) {
    vec rate1 = broadcast(1 - p->beta1), rate2 = broadcast(1 - p->beta2), epsilon = broadcast(p->epsilon);
    vec step = broadcast(p->step_size), keep = broadcast(1 - p->decay);
    for (long i = 0; i < n; i += DIGITS_WIDTH) {
        long left = n - i;
        vec g = load_n(gradient + i, left), m = load_n(first_moment + i, left), v = load_n(second_moment + i, left);
        m = fma_(g - m, rate1, m);
        v = fma_(g * g - v, rate2, v);
        store_n(first_moment + i, left, m);
        store_n(second_moment + i, left, v);
        vec w = load_n(parameters + i, left) * keep;
        store_n(parameters + i, left, w - step * m / (square_root(v) + epsilon));
    }
}

static void DIGITS_NAME(rmsprop)(long n, const digits_rmsprop *p, const float *gradient, float *mean_square,
                                 float *velocity, float *parameters) {
    vec rate = broadcast(p->learning_rate), rho = broadcast(p->rho), rest = broadcast(1 - p->rho);
    vec momentum = broadcast(p->momentum), epsilon = broadcast(p->epsilon);
    for (long i = 0; i < n; i += DIGITS_WIDTH) {
        long left = n - i;
        vec g = load_n(gradient + i, left);
        vec s = fma_(rest, g * g, rho * load_n(mean_square + i, left));
        store_n(mean_square + i, left, s);
        vec step = rate * g / square_root(s + epsilon);
        if (p->momentum != 0) {
            step = fma_(momentum, load_n(velocity + i, left), step);
            store_n(velocity + i, left, step);
        }
        store_n(parameters + i, left, load_n(parameters + i, left) - step);
    }
}
