// Times oneDNN's convolutions: forward, gradient of the input, gradient of the weights; float32, layouts of its choice.
// Each line of input, "images channels size kernel filters seconds", is answered with a line of JSON: microseconds for
// one image. Without padding, step 1. It speaks the protocol of the other peers, but for these numbers.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <unordered_map>
#include <vector>

#include <dnnl.hpp>

using dnnl::memory;

static double seconds_now() {
    using namespace std::chrono;
    return duration<double>(steady_clock::now().time_since_epoch()).count();
}

struct Problem {
    memory::dim images, channels, size, kernel, filters;
    double seconds;
};

static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);

// Memory that a primitive asks for, filled with a number that is not 0.
static memory filled(const memory::desc &description) {
    memory result(description, engine);
    float *floats = static_cast<float *>(result.get_data_handle());
    std::fill_n(floats, description.get_size() / sizeof(float), 0.01f);
    return result;
}

// Microseconds for one image: the median over calls.
static double time(const dnnl::primitive &primitive, const std::unordered_map<int, memory> &arguments,
                   const Problem &p) {
    dnnl::stream stream(engine);
    std::vector<double> times;
    const double end = seconds_now() + p.seconds;
    do {
        const double start = seconds_now();
        primitive.execute(stream, arguments);
        stream.wait();
        times.push_back((seconds_now() - start) * 1e6 / static_cast<double>(p.images));
    } while (seconds_now() < end || times.size() < 3);
    std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
    return times[times.size() / 2];
}

static void answer(const Problem &p) {
    const auto any = memory::format_tag::any;
    const auto floats = memory::data_type::f32;
    const memory::dim output = p.size - p.kernel + 1;
    const memory::desc source({p.images, p.channels, p.size, p.size}, floats, any);
    const memory::desc weights({p.filters, p.channels, p.kernel, p.kernel}, floats, any);
    const memory::desc bias({p.filters}, floats, memory::format_tag::x);
    const memory::desc destination({p.images, p.filters, output, output}, floats, any);
    const memory::dims strides{1, 1}, padding{0, 0};
    const auto automatic = dnnl::algorithm::convolution_auto;

    const dnnl::convolution_forward::primitive_desc forward(
        {dnnl::prop_kind::forward_training, automatic, source, weights, bias, destination, strides, padding, padding},
        engine);
    const dnnl::convolution_backward_data::primitive_desc data(
        {automatic, source, weights, destination, strides, padding, padding}, engine, forward);
    const dnnl::convolution_backward_weights::primitive_desc gradient(
        {automatic, source, weights, bias, destination, strides, padding, padding}, engine, forward);

    const double forward_us = time(dnnl::convolution_forward(forward),
                                   {{DNNL_ARG_SRC, filled(forward.src_desc())},
                                    {DNNL_ARG_WEIGHTS, filled(forward.weights_desc())},
                                    {DNNL_ARG_BIAS, filled(forward.bias_desc())},
                                    {DNNL_ARG_DST, filled(forward.dst_desc())}},
                                   p);
    const double data_us = time(dnnl::convolution_backward_data(data),
                                {{DNNL_ARG_DIFF_SRC, filled(data.diff_src_desc())},
                                 {DNNL_ARG_WEIGHTS, filled(data.weights_desc())},
                                 {DNNL_ARG_DIFF_DST, filled(data.diff_dst_desc())}},
                                p);
    const double weights_us = time(dnnl::convolution_backward_weights(gradient),
                                   {{DNNL_ARG_SRC, filled(gradient.src_desc())},
                                    {DNNL_ARG_DIFF_WEIGHTS, filled(gradient.diff_weights_desc())},
                                    {DNNL_ARG_DIFF_BIAS, filled(gradient.diff_bias_desc())},
                                    {DNNL_ARG_DIFF_DST, filled(gradient.diff_dst_desc())}},
                                   p);
    std::printf("{\"forward_us\": %g, \"data_us\": %g, \"weights_us\": %g}\n", forward_us, data_us, weights_us);
    std::fflush(stdout);
}

int main() {
    const dnnl_version_t *version = dnnl_version();
    std::printf("{\"name\": \"oneDNN %d.%d.%d\", \"settings\": \"layouts and algorithm of its choice\"}\n",
                version->major, version->minor, version->patch);
    std::fflush(stdout);
    Problem p;
    while (std::cin >> p.images >> p.channels >> p.size >> p.kernel >> p.filters >> p.seconds) answer(p);
}
