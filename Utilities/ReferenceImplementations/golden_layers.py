"""Golden values of single layers: forward, and the gradient of sum(output * upstream).

Versions: Python 3.11, keras 3.15.1, tensorflow-cpu 2.21.0, numpy 2.4.6, safetensors 0.8.0.

Every value is there twice: `output` from Keras in float32, and `output.f64` from Keras in float64 for the same
float32 inputs and parameters.
"""

import keras
import numpy as np
import tensorflow as tf

from golden_file import GoldenFile, parameter_name, to_our_layout


def normal(random, shape, scale=1.0):
    return (scale * random.standard_normal(shape)).astype(np.float32)


def initial_parameters(random, layer):
    """Values for every variable of a built layer, in Keras's layout."""
    values = []
    for variable in layer.weights:
        shape = tuple(variable.shape)
        if variable.name in ("gamma", "moving_variance"):
            values.append(random.uniform(0.5, 1.5, shape).astype(np.float32))
        else:
            values.append(normal(random, shape, 0.3))
    return values


def run_layer(make_layer, dtype, values, inputs, upstream, training):
    """Output, gradients and (for a layer that trains statistics) the updated variables, as named arrays."""
    layer = make_layer(dtype)
    layer.build(inputs.shape)
    layer.set_weights([value.astype(dtype) for value in values])
    x = tf.constant(inputs, dtype)
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = layer(x, training=training)
        total = tf.reduce_sum(output * tf.constant(upstream, dtype))
    variables = layer.trainable_variables
    gradients = tape.gradient(total, [x] + [variable.value for variable in variables])
    results = {"output": output.numpy(), "gradient.input": gradients[0].numpy()}
    for variable, gradient in zip(variables, gradients[1:]):
        results[f"gradient.{parameter_name(variable.name)}"] = to_our_layout(gradient, variable.name)
    if training:
        for variable in layer.non_trainable_variables:
            results[f"updated.{variable.name}"] = variable.numpy()
    return results


def add_layer_case(file, name, seed, make_layer, inputs, training=False, **description):
    """One case: description, input, parameters, upstream gradient and both runs."""
    random = np.random.default_rng(seed)
    layer = make_layer("float32")
    layer.build(inputs.shape)
    values = initial_parameters(random, layer)
    upstream = normal(random, layer.compute_output_shape(inputs.shape))

    file.add_case(name, layer=type(layer).__name__, input_shape=list(inputs.shape), **description)
    file.add(f"{name}.input", inputs)
    for variable, value in zip(layer.weights, values):
        file.add(f"{name}.{parameter_name(variable.name)}", to_our_layout(value, variable.name))
    file.add(f"{name}.upstream", upstream)
    for dtype, suffix in (("float32", ""), ("float64", ".f64")):
        for key, array in run_layer(make_layer, dtype, values, inputs, upstream, training).items():
            assert array.dtype == dtype, f"{name}.{key} is {array.dtype}"
            file.add(f"{name}.{key}{suffix}", array)


# name, input [H, W, C], filters, kernel size, strides, padding, bias
CONVOLUTIONS = [
    ("k1-s1-valid", (5, 7, 3), 5, (1, 1), (1, 1), "valid", True),
    ("k1-s2-same-no-bias", (6, 5, 6), 16, (1, 1), (2, 2), "same", False),
    ("k2-s1-same", (5, 6, 3), 5, (2, 2), (1, 1), "same", True),
    ("k2-s2-valid", (7, 6, 16), 5, (2, 2), (2, 2), "valid", True),
    ("k3-s1-valid-one-channel", (9, 8, 1), 16, (3, 3), (1, 1), "valid", True),
    ("k3-s1-valid-one-filter", (6, 5, 20), 1, (3, 3), (1, 1), "valid", True),
    ("k3-s1-same", (5, 6, 16), 24, (3, 3), (1, 1), "same", True),
    ("k3-s2-same-even", (8, 6, 3), 16, (3, 3), (2, 2), "same", True),
    ("k3-s2-same-odd-no-bias", (7, 10, 6), 5, (3, 3), (2, 2), "same", False),
    ("k3-s3-same", (10, 7, 20), 5, (3, 3), (3, 3), "same", True),
    ("k5-s1-same", (7, 6, 6), 16, (5, 5), (1, 1), "same", True),
    ("k5-s2-same", (10, 13, 3), 5, (5, 5), (2, 2), "same", True),
    ("k5-s3-valid-no-bias", (11, 14, 3), 24, (5, 5), (3, 3), "valid", False),
    ("k5-s1-same-larger-than-input", (3, 4, 3), 5, (5, 5), (1, 1), "same", True),
    ("k3x5-s2x1-same", (8, 7, 3), 5, (3, 5), (2, 1), "same", True),
]


def convolutions(wide):
    """The cases with a kernel of five taps in some direction, or those without."""
    file = GoldenFile()
    for index, (name, shape, filters, kernel_size, strides, padding, bias) in enumerate(CONVOLUTIONS):
        if (5 in kernel_size) != wide:
            continue
        settings = dict(filters=filters, kernel_size=kernel_size, strides=strides, padding=padding, use_bias=bias)
        inputs = normal(np.random.default_rng(1000 + index), (2, *shape))
        make = lambda dtype: keras.layers.Conv2D(dtype=dtype, **settings)
        add_layer_case(file, name, 1100 + index, make, inputs, **settings)
    return file


# pool size, strides, padding, input [H, W, C]
POOLS = [
    (2, 2, "valid", (6, 8, 3)),
    (2, 2, "valid", (7, 5, 3)),
    (2, 1, "valid", (5, 4, 3)),
    (2, 1, "same", (5, 4, 3)),
    (2, 2, "same", (7, 5, 3)),
    (2, 3, "valid", (8, 9, 3)),
    (2, 3, "same", (8, 9, 3)),
    (3, 1, "same", (5, 6, 3)),
    (3, 2, "valid", (7, 8, 3)),
    (3, 2, "same", (7, 8, 17)),
    (3, 3, "valid", (8, 9, 3)),
    (3, 3, "same", (7, 5, 3)),
]

# pool size, strides, padding, input [H, W, C]
RECTANGULAR_POOLS = [
    ((2, 1), (2, 1), "valid", (7, 5, 17)),
    ((1, 2), (1, 2), "same", (3, 7, 3)),
    ((3, 2), (1, 3), "same", (6, 8, 3)),
    ((2, 4), (3, 2), "valid", (8, 9, 5)),
]


def pools():
    file = GoldenFile()
    for kind, layer in (("max", keras.layers.MaxPooling2D), ("average", keras.layers.AveragePooling2D)):
        for index, (size, stride, padding, shape) in enumerate(POOLS):
            name = f"{kind}-{size}-s{stride}-{padding}-{shape[0]}x{shape[1]}"
            settings = dict(pool_size=(size, size), strides=(stride, stride), padding=padding)
            inputs = normal(np.random.default_rng(2000 + index), (2, *shape))
            make = lambda dtype: layer(dtype=dtype, **settings)
            add_layer_case(file, name, 2100 + index, make, inputs, **settings)
        for index, (size, strides, padding, shape) in enumerate(RECTANGULAR_POOLS):
            name = f"{kind}-{size[0]}x{size[1]}-s{strides[0]}x{strides[1]}-{padding}-{shape[0]}x{shape[1]}"
            settings = dict(pool_size=size, strides=strides, padding=padding)
            inputs = normal(np.random.default_rng(2600 + index), (2, *shape))
            make = lambda dtype: layer(dtype=dtype, **settings)
            add_layer_case(file, name, 2700 + index, make, inputs, **settings)
    # Small whole numbers: nearly every window holds its maximum more than once.
    for index, (size, stride, padding) in enumerate([(2, 2, "valid"), (3, 2, "same")]):
        settings = dict(pool_size=(size, size), strides=(stride, stride), padding=padding)
        inputs = np.random.default_rng(2400 + index).integers(-1, 2, (2, 7, 8, 3)).astype(np.float32)
        make = lambda dtype: keras.layers.MaxPooling2D(dtype=dtype, **settings)
        add_layer_case(file, f"max-{size}-s{stride}-{padding}-ties", 2500 + index, make, inputs, **settings)
    for index, shape in enumerate([(5, 3, 6), (1, 4, 17)]):
        inputs = normal(np.random.default_rng(2200 + index), (3, *shape))
        make = lambda dtype: keras.layers.GlobalAveragePooling2D(dtype=dtype)
        add_layer_case(file, f"global-average-{shape[0]}x{shape[1]}", 2300 + index, make, inputs)
    return file


def batch_normalization():
    file = GoldenFile()
    settings = dict(momentum=0.99, epsilon=1e-3, scale=True, center=True)
    make = lambda dtype: keras.layers.BatchNormalization(dtype=dtype, **settings)
    cases = [
        # name, input shape, offset of the input's mean, training
        ("training-images", (4, 5, 3, 6), 0.0, True),
        ("training-images-17-channels", (2, 3, 4, 17), 0.0, True),
        ("training-images-offset-10", (4, 5, 3, 6), 10.0, True),
        ("training-vectors", (8, 5), 0.0, True),
        ("training-one-image", (1, 3, 3, 2), 0.0, True),
        ("inference-images", (4, 5, 3, 6), 0.0, False),
        ("inference-vectors", (8, 5), 0.0, False),
    ]
    for index, (name, shape, offset, training) in enumerate(cases):
        inputs = normal(np.random.default_rng(3000 + index), shape) + np.float32(offset)
        add_layer_case(file, name, 3100 + index, make, inputs, training, mode=name.split("-")[0], **settings)
    return file


def dense_and_flatten():
    file = GoldenFile()
    cases = [(7, 10, True), (64, 32, True), (33, 17, False), (1, 1, True)]
    for index, (inputs_count, units, bias) in enumerate(cases):
        settings = dict(units=units, use_bias=bias)
        name = f"dense-{inputs_count}-{units}" + ("" if bias else "-no-bias")
        inputs = normal(np.random.default_rng(4000 + index), (5, inputs_count))
        make = lambda dtype: keras.layers.Dense(dtype=dtype, **settings)
        add_layer_case(file, name, 4100 + index, make, inputs, **settings)
    inputs = normal(np.random.default_rng(4200), (2, 3, 4, 5))
    make = lambda dtype: keras.layers.Flatten(dtype=dtype)
    add_layer_case(file, "flatten-3x4x5", 4201, make, inputs)
    return file


def activations():
    """Ordinary rows, then kinks and magnitudes at which a careless formula overflows or loses everything."""
    file = GoldenFile()
    random = np.random.default_rng(5000)
    ordinary = normal(random, (4, 10), 2.0)
    special = np.array([
        [0, 1e-8, -1e-8, 1e-3, -1e-3, 8, -8, 15, -15, 20],
        [-20, 30, -30, 50, -50, 88, -88, 90, -90, 100],
        [-100, 104, -104, 500, -500, 1000, -1000, 1e4, -1e4, 0.5],
        [100, 100, 99, -100, 0, 0, 0, 0, 0, 0],
        [1000, 999, 998, 997, -1000, 0, 1, 2, 3, 4],
        [-1000, -1001, -1002, -1000, -1000, -1003, -1000, -1000, -1000, -1000],
        [7, 7, 7, 7, 7, 7, 7, 7, 7, 7],
    ], np.float32)
    inputs = np.concatenate([ordinary, special])
    layers = {
        "relu": keras.layers.ReLU,
        "softmax": keras.layers.Softmax,
        "sigmoid": lambda dtype: keras.layers.Activation("sigmoid", dtype=dtype),
        "tanh": lambda dtype: keras.layers.Activation("tanh", dtype=dtype),
        "leaky_relu": lambda dtype: keras.layers.LeakyReLU(negative_slope=0.3, dtype=dtype),
        "leaky_relu-0.2": lambda dtype: keras.layers.LeakyReLU(negative_slope=0.2, dtype=dtype),
    }
    for index, (name, layer) in enumerate(layers.items()):
        make = lambda dtype: layer(dtype=dtype)
        description = {"activation": name.split("-")[0]}
        if name.startswith("leaky_relu"):
            description["negative_slope"] = 0.2 if name.endswith("0.2") else 0.3
        add_layer_case(file, name.replace("-0.2", "-slope-0_2"), 5100 + index, make, inputs, **description)
    return file


def write(directory):
    convolutions(wide=False).save(directory, "layers-conv2d.safetensors")
    convolutions(wide=True).save(directory, "layers-conv2d-wide.safetensors")
    pools().save(directory, "layers-pooling.safetensors")
    batch_normalization().save(directory, "layers-batchnorm.safetensors")
    dense_and_flatten().save(directory, "layers-dense.safetensors")
    activations().save(directory, "layers-activations.safetensors")
