"""Golden values of the optimisers: 37 parameters, 5 steps, a different given gradient at each step.

Versions: Python 3.11, keras 3.15.1, tensorflow-cpu 2.21.0, numpy 2.4.6, safetensors 0.8.0.
"""

import keras
import numpy as np
import tensorflow as tf

from golden_file import GoldenFile, precision

COUNT = 37
STEPS = 5

# name, class, settings; the rest are Keras's defaults.
OPTIMIZERS = [
    ("sgd", keras.optimizers.SGD, dict(learning_rate=0.01)),
    ("sgd-momentum", keras.optimizers.SGD, dict(learning_rate=0.01, momentum=0.9)),
    ("sgd-nesterov", keras.optimizers.SGD, dict(learning_rate=0.01, momentum=0.9, nesterov=True)),
    ("adam", keras.optimizers.Adam, dict(learning_rate=1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-7)),
    ("adamw", keras.optimizers.AdamW,
     dict(learning_rate=1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-7, weight_decay=0.004)),
    ("rmsprop", keras.optimizers.RMSprop, dict(learning_rate=1e-3, rho=0.9, epsilon=1e-7)),
    ("rmsprop-momentum", keras.optimizers.RMSprop, dict(learning_rate=1e-3, rho=0.9, momentum=0.9, epsilon=1e-7)),
]

# Keras rounds these to float32 where it casts a bare Python float; as numpy float64 they stay exact.
CAST_SETTINGS = ("beta_1", "beta_2", "momentum", "weight_decay")


def run(make_optimizer, settings, initial, gradients, dtype):
    if dtype == "float64":
        settings = {key: np.float64(value) if key in CAST_SETTINGS else value for key, value in settings.items()}
    optimizer = make_optimizer(**settings)
    variable = keras.Variable(initial.astype(dtype), dtype=dtype)
    optimizer.build([variable])
    steps = []
    for gradient in gradients:
        optimizer.apply([tf.constant(gradient, dtype)], [variable])
        steps.append(variable.numpy().copy())
    return np.stack(steps)


def write(directory):
    random = np.random.default_rng(9000)
    initial = random.standard_normal(COUNT).astype(np.float32)
    gradients = random.standard_normal((STEPS, COUNT)).astype(np.float32)
    # Gradients near and under epsilon, and exact zeros, show where epsilon enters the formula.
    gradients[:, 0] = 0
    gradients[:, 1] *= 1e-7
    gradients[:, 2] *= 1e-4
    gradients[:, 3] *= 1e3
    file = GoldenFile()
    file.add("initial", initial)
    file.add("gradients", gradients)
    for name, make_optimizer, settings in OPTIMIZERS:
        file.add_case(name, optimizer=make_optimizer.__name__, steps=STEPS, **settings)
        for dtype, suffix in (("float32", ""), ("float64", ".f64")):
            with precision(dtype):
                parameters = run(make_optimizer, settings, initial, gradients, dtype)
            assert parameters.dtype == dtype
            file.add(f"{name}.parameters{suffix}", parameters)
    file.save(directory, "optimizers.safetensors")
