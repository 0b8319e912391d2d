// Contractions and the sums of their gradients.

static void digits_pack_panels_reference(long columns, long depth, const float *weights, float *panels) {
    long count = (columns + DIGITS_PANEL - 1) / DIGITS_PANEL;
    for (long p = 0; p < count; p++)
        for (long k = 0; k < depth; k++)
            for (long l = 0; l < DIGITS_PANEL; l++) {
                long o = p * DIGITS_PANEL + l;
                panels[(p * depth + k) * DIGITS_PANEL + l] = o < columns ? weights[o * depth + k] : 0;
            }
}

static void digits_unpack_panel_reference(long columns, long depth, const float *panel, float *weights, long stride) {
    for (long k = 0; k < depth; k++)
        for (long o = 0; o < columns; o++) weights[o * stride + k] = panel[k * DIGITS_PANEL + o];
}

static void digits_batch_gemm_reference(const digits_batch_gemm *p) {
    for (long i = 0; i < p->count; i++)
        for (long r = 0; r < p->rows; r++)
            for (long o = 0; o < DIGITS_PANEL; o++) {
                const float *a = p->a + i * p->a_stride + r * p->depth;
                const float *panel = p->panels + i * p->depth * DIGITS_PANEL;
                double sum = 0;
                for (long k = 0; k < p->depth; k++) sum += (double)a[k] * panel[k * DIGITS_PANEL + o];
                p->result[i * p->result_stride + r * DIGITS_PANEL + o] = (float)sum;
            }
}

static void digits_batch_outer_gemm_reference(const digits_batch_outer_gemm *p) {
    for (long i = 0; i < p->count; i++)
        for (long r = 0; r < p->rows; r++)
            for (long o = 0; o < p->columns; o++) {
                const float *a = p->a + i * p->a_stride + r, *b = p->b + i * p->b_batch_stride + o;
                float *result = p->result + (i * p->rows + r) * DIGITS_PANEL + o;
                double sum = p->begins ? 0 : *result;
                for (long k = 0; k < p->depth; k++) sum += (double)a[k * p->rows] * b[k * p->b_stride];
                *result = (float)sum;
            }
}

static void digits_outer_gemm_reference(const digits_outer_gemm *p) {
    for (long r = 0; r < p->rows; r++)
        for (long o = 0; o < p->columns; o++) {
            const float *a = p->a + (p->row_offsets ? p->row_offsets[r] : r);
            float *result = p->result + r * p->result_stride + o;
            double sum = p->begins ? 0 : *result;
            for (long k = 0; k < p->depth; k++) sum += (double)a[p->a_offsets[k]] * p->b[k * p->b_stride + o];
            *result = (float)sum;
        }
}

static float contraction(const digits_gather_gemm *p, long first, long o) {
    long depth = p->runs * p->run_length;
    const float *w = p->panels + (o / DIGITS_PANEL) * depth * DIGITS_PANEL + o % DIGITS_PANEL;
    double sum = 0;
    for (long i = 0; i < p->runs; i++)
        for (long j = 0; j < p->run_length; j++, w += DIGITS_PANEL)
            sum += (double)p->source[first + p->run_offsets[i] + j] * *w;
    return (float)(sum + (p->bias ? p->bias[o] : 0));
}

static float rectified(float x) { return x <= 0 ? 0 : x; }

static void digits_gather_gemm_reference(const digits_gather_gemm *p) {
    for (long r = 0; r < p->rows; r++)
        for (long o = 0; o < p->columns; o++) {
            float y = contraction(p, p->row_offsets[r], o);
            p->result[r * p->result_stride + o] = p->relu ? rectified(y) : y;
        }
}

// Keeps the larger of `best` and `candidate`; a NaN wins and stays.
static void keep_larger(float candidate, int place, float *best, int *best_place) {
    if (candidate > *best || (isnan(candidate) && !isnan(*best))) {
        *best = candidate;
        *best_place = place;
    }
}

static void digits_gather_gemm_pool_reference(const digits_gather_gemm_pool *q) {
    const digits_gather_gemm *p = &q->gemm;
    for (long r = 0; r < p->rows; r++)
        for (long o = 0; o < p->columns; o++) {
            float best = contraction(p, p->row_offsets[r] + q->window_offsets[0], o);
            int place = 0;
            for (int w = 1; w < 4; w++)
                keep_larger(contraction(p, p->row_offsets[r] + q->window_offsets[w], o), w, &best, &place);
            p->result[r * p->result_stride + o] = p->relu ? rectified(best) : best;
            q->route[r * p->result_stride + o] = (uint8_t)place;
        }
}

static void digits_accumulate_windows_reference(const digits_accumulate_windows *p) {
    for (long g = 0; g < p->groups; g++)
        for (long y = 0; y < p->kernel_rows; y++)
            for (long x = 0; x < p->kernel_columns; x++)
                for (long j = 0; j < p->run; j++) {
                    double sum = 0;
                    for (long i = p->starts[g]; i < p->starts[g] + p->counts[g]; i++)
                        sum += (double)p->values[i] *
                               p->source[p->offsets[i] + y * p->source_row + x * p->source_column + j];
                    float *result = &p->result[p->result_offsets[g] + y * p->result_row + x * p->result_column + j];
                    *result = (p->begins ? 0 : *result) + (float)sum;
                }
}

static void digits_list_channels_reference(const digits_list_channels *p) {
    for (long position = 0; position < p->positions; position++)
        for (long place = 0; place < p->routes; place++) {
            long group = position * p->routes + place, n = 0;
            for (long o = 0; o < p->columns; o++) {
                float g = p->gradient[position * p->columns + o];
                long routed = p->routes == 1 ? 0 : p->route[position * p->columns + o];
                if (g == 0 || routed != place) continue;
                p->values[group * p->columns + n] = g;
                p->offsets[group * p->columns + n] = (int32_t)o * p->channel_stride;
                n++;
            }
            p->counts[group] = (int32_t)n;
        }
}

static void digits_list_positions_reference(const digits_list_positions *p) {
    for (long o = 0; o < p->columns; o++) {
        long n = 0;
        for (long image = 0; image < p->images; image++)
            for (long position = 0; position < p->positions; position++) {
                long at = (image * p->positions + position) * p->stride + p->first + o;
                if (p->gradient[at] == 0) continue;
                long place = p->routes == 1 ? 0 : p->route[at];
                p->values[o * p->capacity + n] = p->gradient[at];
                p->offsets[o * p->capacity + n] =
                    (int32_t)image * p->image_stride + p->position_offsets[position * p->routes + place];
                n++;
            }
        p->counts[o] = (int32_t)n;
    }
}
