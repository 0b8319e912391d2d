"""The limits and standard deviations that Keras's initialisers hand to the random generator.

Versions: Python 3.11, keras 3.15.1, tensorflow-cpu 2.21.0, numpy 2.4.6, safetensors 0.8.0.

Random values themselves are not recorded: only the range that they are drawn from. A truncated normal draws again
beyond two standard deviations; its recorded deviation is that before truncation, larger than that of the values by
1 / 0.8796….
"""

from unittest import mock

import keras
import numpy as np

from golden_file import GoldenFile

INITIALIZERS = [
    ("glorot-uniform", keras.initializers.GlorotUniform),
    ("glorot-normal", keras.initializers.GlorotNormal),
    ("he-uniform", keras.initializers.HeUniform),
    ("he-normal", keras.initializers.HeNormal),
]

# name, Keras's shape, this package's shape
SHAPES = [
    ("conv", (5, 3, 6, 16), (16, 5, 3, 6)),
    ("dense", (64, 32), (32, 64)),
]

RANDOM_MODULE = "keras.src.initializers.random_initializers.random"


def write(directory):
    file = GoldenFile()
    for name, make_initializer in INITIALIZERS:
        for shape_name, keras_shape, our_shape in SHAPES:
            with mock.patch(RANDOM_MODULE) as random:
                make_initializer(seed=1)(keras_shape)
            if random.uniform.called:
                distribution, quantity, value = "uniform", "limit", random.uniform.call_args.kwargs["maxval"]
            else:
                arguments = random.truncated_normal.call_args.kwargs
                distribution, quantity, value = "truncated normal", "standard_deviation", arguments["stddev"]
            case = f"{name}-{shape_name}"
            file.add_case(case, shape=our_shape, distribution=distribution)
            file.add(f"{case}.{quantity}", np.array(value, np.float64))
    file.save(directory, "initializers.safetensors")
