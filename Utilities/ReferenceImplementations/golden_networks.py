"""Golden values of whole networks: loss, every parameter's gradient, and the parameters after 10 steps of Adam.

Versions: Python 3.11, keras 3.15.1, tensorflow-cpu 2.21.0, numpy 2.4.6, safetensors 0.8.0.

Keras runs each network in float64 and in float32 from the same float32 parameters and images. The tensors are the
float64 run's, rounded to float32; the case's "float32_difference" holds, per tensor, the largest absolute difference
of Keras's own float32 run from it (and the tensor's largest absolute value), which gives a tolerance its reason.
"""

import keras
import numpy as np
import tensorflow as tf

from golden_file import GoldenFile, model_parameters, precision, to_our_layout

ADAM_STEPS = 10
ADAM = dict(learning_rate=1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-7)


def notebook_network():
    layers = keras.layers
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(64, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(64, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(64, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        layers.Dense(32, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])


def second_network():
    layers = keras.layers
    return keras.Sequential([
        keras.Input((24, 20, 3)),
        layers.Conv2D(8, 5, strides=2, padding="same"),
        layers.BatchNormalization(),
        layers.ReLU(),
        layers.AveragePooling2D(2),
        layers.Conv2D(12, 3, padding="same", use_bias=False),
        layers.BatchNormalization(),
        layers.LeakyReLU(negative_slope=0.3),
        layers.MaxPooling2D(2),
        layers.Dropout(0.0),
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    ])


def positions_network():
    """A strip is read: one answer for every fourth column."""
    layers = keras.layers
    return keras.Sequential([
        keras.Input((16, 24, 1)),
        layers.Conv2D(8, 3, padding="same", use_bias=False),
        layers.BatchNormalization(),
        layers.ReLU(),
        layers.MaxPooling2D((2, 1)),
        layers.Conv2D(12, 3, padding="same", activation="relu"),
        layers.MaxPooling2D((4, 2)),
        layers.AveragePooling2D((1, 2)),
        layers.Conv2D(10, (2, 3), padding="same", activation="relu"),
        layers.Conv2D(10, (2, 1), activation="softmax"),
    ])


def describe(model):
    keys = ("filters", "units", "kernel_size", "pool_size", "strides", "padding", "use_bias", "activation", "momentum",
            "epsilon", "negative_slope", "rate")
    for layer in model.layers:
        config = layer.get_config()
        yield {"layer": type(layer).__name__, **{key: config[key] for key in keys if key in config}}


def strokes(random, count, height, width, channels):
    """Pictures of two thick bent strokes each, soft at the edges, on black; bytes divided by 255."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float64)
    images = np.zeros((count, height, width, channels))
    for image in images:
        for _ in range(2):
            corners = random.uniform(0.18, 0.82, (4, 2)) * (height, width)
            colour = random.uniform(0.5, 1.0, channels) if channels > 1 else np.ones(1)
            for t in np.linspace(0, 1, 60):
                # A cubic Bézier curve, drawn as overlapping soft dots.
                weights = np.array([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
                row, column = weights @ corners
                distance = np.hypot(rows - row, columns - column)
                dot = np.clip(2.0 - distance, 0, 1)
                np.maximum(image, dot[..., None] * colour, out=image)
    return (np.rint(images * 255) / 255).astype(np.float32)


def initial_values(random, model, seed):
    """Glorot-uniform weights; everything else random too, so that no gradient is trivially right."""
    values = []
    for index, variable in enumerate(model.weights):
        shape = tuple(variable.shape)
        if variable.name == "kernel":
            initializer = keras.initializers.GlorotUniform(seed=seed + index)
            values.append(np.asarray(initializer(shape, dtype="float32")))
        elif variable.name in ("gamma", "moving_variance"):
            values.append(random.uniform(0.6, 1.4, shape).astype(np.float32))
        else:
            values.append(random.uniform(-0.1, 0.1, shape).astype(np.float32))
    return values


def run(make_network, values, images, labels, dtype):
    """One run in one precision: named arrays in this package's layout."""
    model = make_network()
    model.set_weights([value.astype(dtype) for value in values])
    parameters = list(model_parameters(model))
    trainable = [(name, variable) for name, variable in parameters if variable.trainable]
    classes = labels.dtype == np.int32
    loss_function = (
        keras.losses.SparseCategoricalCrossentropy() if classes else keras.losses.CategoricalCrossentropy())
    # Keras would round a bare Python float to float32 where it takes the powers of beta_1 and beta_2.
    exact = np.float64 if dtype == "float64" else float
    optimizer = keras.optimizers.Adam(
        learning_rate=ADAM["learning_rate"], beta_1=exact(ADAM["beta_1"]), beta_2=exact(ADAM["beta_2"]),
        epsilon=ADAM["epsilon"])
    optimizer.build(model.trainable_variables)
    x, y = tf.constant(images, dtype), tf.constant(labels if classes else labels.astype(dtype))
    results = {"output.inference": model(x, training=False).numpy()}

    losses = []
    for step in range(ADAM_STEPS):
        with tf.GradientTape() as tape:
            output = model(x, training=True)
            loss = loss_function(y, output)
        gradients = tape.gradient(loss, [variable.value for _, variable in trainable])
        losses.append(loss.numpy())
        if step == 0:
            results["output"] = output.numpy()
            results["loss"] = loss.numpy()
            for (name, variable), gradient in zip(trainable, gradients):
                results[f"gradient.{name}"] = to_our_layout(gradient, variable.name)
        optimizer.apply(gradients, [variable for _, variable in trainable])
    results["losses"] = np.array(losses)
    for name, variable in parameters:
        results[f"adam{ADAM_STEPS}.{name}"] = to_our_layout(variable.numpy(), variable.name)
    for key, array in results.items():
        assert array.dtype == dtype, f"{key} is {array.dtype}"
    return results


def network_files(make_network, name, seed, batch, groups, directory):
    """Writes one file for each group: (suffix of the file's name, prefixes of the tensors in it)."""
    random = np.random.default_rng(seed)
    model = make_network()
    images = strokes(random, batch, *model.input_shape[1:])
    # One class for each image, or a target for each position, of which every fifth is zeros.
    positions = model.output_shape[1:-1]
    labels = random.integers(0, 10, (batch, *positions)).astype(np.int32)
    if positions:
        labels = np.eye(10, dtype=np.float32)[labels]
        labels.reshape(-1, 10)[::5] = 0
    truth, loss_name = ("target", "categorical") if positions else ("labels", "sparse_categorical")
    values = initial_values(random, model, seed)
    with precision("float64"):
        precise = run(make_network, values, images, labels, "float64")
    single = run(make_network, values, images, labels, "float32")

    tensors = {"input": images, truth: labels}
    for (key, variable), value in zip(model_parameters(model), values, strict=True):
        tensors[f"parameters.{key}"] = to_our_layout(value, variable.name)
    for key, array in precise.items():
        tensors[key] = array.astype(np.float32)
    tensors["loss.f64"] = precise["loss"]
    tensors["loss.f32"] = single["loss"]

    for suffix, prefixes in groups:
        file = GoldenFile()
        chosen = {key: tensor for key, tensor in tensors.items() if key.startswith(prefixes)}
        differences = {
            key: {
                "difference": float(f"{np.max(np.abs(single[key] - precise[key])):.3g}"),
                "largest": float(f"{np.max(np.abs(precise[key])):.3g}"),
            }
            for key in chosen if key in precise
        }
        file.add_case(
            f"{name}{suffix}", network=list(describe(model)), input_shape=list(images.shape),
            parameters=model.count_params(), loss=f"{loss_name}_crossentropy, mean over the batch",
            mode="training (output.inference: with the initial moving statistics)",
            optimizer={"name": "Adam", "steps": ADAM_STEPS, **ADAM},
            float32_difference=differences)
        for key, tensor in chosen.items():
            file.add(key, tensor)
        file.save(directory, f"{name}{suffix}.safetensors")


def write(directory):
    network_files(notebook_network, "notebook-network", 7000, 8, [
        ("", ("input", "labels", "parameters.", "output", "loss", "losses")),
        ("-gradients", ("gradient.",)),
        ("-adam10", ("adam10.",)),
    ], directory)
    network_files(second_network, "second-network", 8000, 6, [
        ("", ("input", "labels", "parameters.", "output", "loss", "losses", "gradient.", "adam10.")),
    ], directory)
    network_files(positions_network, "positions-network", 9000, 5, [
        ("", ("input", "target", "parameters.", "output", "loss", "losses", "gradient.", "adam10.")),
    ], directory)
