"""Golden values of training features: schedules, smoothed losses, and runs of a small network with each feature.

Versions: Python 3.11, keras 3.15.1, tensorflow-cpu 2.21.0, numpy 2.4.6, safetensors 0.8.0.

A run is 2 epochs of 3 steps on 24 images, 8 at a time and in order, in float64. Each run has Adam and one feature; the
last has all. Keras's AdamW decays every variable unless biases, gamma and beta are excluded, as they are here.

One cycle is not in Keras: its values here are Keras's CosineDecay, first backwards and then forwards.
"""

import keras
import numpy as np
import tensorflow as tf

from golden_file import GoldenFile, model_parameters, precision, to_our_layout
from golden_losses import CLASSES, LOGIT_LABELS, PROBABILITY_LABELS, add_loss_case, logits, probabilities

RATE = 0.01
EPOCHS = 2
IMAGES = 24
BATCH = 8
STEPS_PER_EPOCH = IMAGES // BATCH
STEPS = EPOCHS * STEPS_PER_EPOCH
LABEL_SMOOTHING = 0.1
CLIP_NORM = 4.0
EMA_MOMENTUM = 0.8
WEIGHT_DECAY = 0.3

SCHEDULES = keras.optimizers.schedules


# TensorFlow makes float32 of a bare Python float; a numpy float64 stays what it is.
ONE = np.float64(1)


def one_cycle(step, steps, rise=0.3):
    top = rise * steps
    if step < top:
        return SCHEDULES.CosineDecay(ONE, top, alpha=1 / 25)(top - step)
    return SCHEDULES.CosineDecay(ONE, steps - top, alpha=4e-6)(step - top)


def write_schedules(file):
    """Shares of the learning rate over 10 epochs of 12 steps."""
    per_epoch, steps = 12, 120
    warm_up = 24
    plain = {
        "step:3:0.5": SCHEDULES.ExponentialDecay(ONE, 3 * per_epoch, 0.5, staircase=True),
        "exponential:0.9": SCHEDULES.ExponentialDecay(ONE, per_epoch, np.float64(0.9)),
        "cosine": SCHEDULES.CosineDecay(ONE, steps),
        "cosine:0.1": SCHEDULES.CosineDecay(ONE, steps, alpha=0.1),
        "cosine,warm-up:2": SCHEDULES.CosineDecay(
            ONE / (warm_up + 1), steps - warm_up, warmup_target=ONE, warmup_steps=warm_up),
        "one-cycle": lambda step: one_cycle(step, steps),
    }
    for name, schedule in plain.items():
        file.add_case(name, epochs=10, steps_per_epoch=per_epoch)
        with precision("float64"):
            shares = [schedule(np.float64(step)).numpy() for step in range(steps)]
        assert all(share.dtype == np.float64 for share in shares), name
        file.add(f"{name}.shares", np.array(shares))


def make_model():
    return keras.Sequential([
        keras.Input((6, 6, 1)),
        keras.layers.Conv2D(5, 3, use_bias=False),
        keras.layers.BatchNormalization(),
        keras.layers.ReLU(),
        keras.layers.Flatten(),
        keras.layers.Dense(7, activation="relu"),
        keras.layers.Dense(4, activation="softmax"),
    ])


def start_values(model):
    """Nothing is 0 or 1, so that no decay is right by accident."""
    random = np.random.default_rng(7100)
    for layer in model.layers:
        for variable in layer.weights:
            if variable.name == "kernel":
                value = random.standard_normal(variable.shape) * 0.4
            else:
                value = (variable.name in ("gamma", "moving_variance")) + random.standard_normal(variable.shape) * 0.2
            variable.assign(value.astype(np.float32))


def optimizer_of(features):
    rate = RATE
    if "schedule" in features:
        rate = SCHEDULES.CosineDecay(RATE / 3, STEPS - 2, warmup_target=RATE, warmup_steps=2)
    settings = dict(learning_rate=rate, beta_1=np.float64(0.9), beta_2=np.float64(0.999), epsilon=1e-7)
    if "clipping" in features:
        settings["global_clipnorm"] = CLIP_NORM
    if "ema" in features:
        settings.update(use_ema=True, ema_momentum=EMA_MOMENTUM)
    if "decay" not in features:
        return keras.optimizers.Adam(**settings)
    optimizer = keras.optimizers.AdamW(weight_decay=np.float64(WEIGHT_DECAY), **settings)
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    return optimizer


def mean_statistics(model, images):
    """Mean of the batches' statistics with the present weights, for the one batch normalisation behind the convolution."""
    values = model.layers[0](images).numpy().reshape(STEPS_PER_EPOCH, -1, 5)
    return values.mean(axis=1).mean(axis=0), values.var(axis=1).mean(axis=0)


def run(features, images, labels):
    model = make_model()
    start_values(model)
    start = {name: to_our_layout(variable.numpy(), variable.name) for name, variable in model_parameters(model)}
    optimizer = optimizer_of(features)
    loss = keras.losses.CategoricalCrossentropy(
        label_smoothing=np.float64(LABEL_SMOOTHING if "smoothing" in features else 0))
    targets = np.eye(4)[labels]
    optimizer.build(model.trainable_variables)
    losses, norms = [], []
    for step in range(STEPS):
        batch = slice(step % STEPS_PER_EPOCH * BATCH, (step % STEPS_PER_EPOCH + 1) * BATCH)
        with tf.GradientTape() as tape:
            value = loss(targets[batch], model(images[batch], training=True))
        gradients = tape.gradient(value, [v.value for v in model.trainable_variables])
        norms.append(float(tf.linalg.global_norm(gradients)))
        optimizer.apply(gradients, model.trainable_variables)
        losses.append(float(value))
    if "clipping" in features:
        assert min(norms) < CLIP_NORM < max(norms), norms
    if "ema" in features:
        optimizer.finalize_variable_values(model.trainable_variables)
        mean, variance = mean_statistics(model, images)
        model.layers[1].moving_mean.assign(mean)
        model.layers[1].moving_variance.assign(variance)
    after = {name: to_our_layout(variable.numpy(), variable.name) for name, variable in model_parameters(model)}
    return start, after, np.array(losses), np.array(norms)


def write(directory):
    file = GoldenFile()
    write_schedules(file)
    random = np.random.default_rng(7000)
    images = random.standard_normal((IMAGES, 6, 6, 1)).astype(np.float32)
    labels = random.integers(0, 4, IMAGES).astype(np.int32)
    file.add("images", images)
    file.add("labels", labels)
    features = ["decay", "smoothing", "clipping", "schedule", "ema"]
    with precision("float64"):
        for name, chosen in [(feature, [feature]) for feature in features] + [("all", features)]:
            start, after, losses, norms = run(chosen, images.astype(np.float64), labels)
            file.add_case(name, features=chosen, norms=norms.tolist())
            file.add(f"{name}.losses", losses)
            for parameter, value in after.items():
                file.add(f"{name}.{parameter}", value)
    for parameter, value in start.items():
        file.add(f"start.{parameter}", value)
    file.save(directory, "training.safetensors")


def write_smoothed_losses(directory):
    random = np.random.default_rng(6100)
    file = GoldenFile()
    one_hot = lambda labels: np.eye(CLASSES, dtype=np.float32)[labels]
    inputs = {False: (probabilities(random), PROBABILITY_LABELS), True: (logits(random), LOGIT_LABELS)}
    for from_logits, (prediction, labels) in inputs.items():
        loss = keras.losses.CategoricalCrossentropy(from_logits=from_logits, label_smoothing=0.1)
        name = "smoothed-logits" if from_logits else "smoothed-probabilities"
        add_loss_case(file, name, loss, one_hot(labels), prediction, from_logits=from_logits, label_smoothing=0.1)
    file.save(directory, "losses-smoothed.safetensors")
