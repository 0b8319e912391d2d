"""Golden values of the losses: one value per sample, their mean, and the mean's gradient by the prediction.

Versions: Python 3.11, keras 3.15.1, tensorflow-cpu 2.21.0, numpy 2.4.6, safetensors 0.8.0.

Keras on TensorFlow computes the losses of probabilities as follows (epsilon = 1e-7):
  sparse:       q = clip(p, epsilon, 1 - epsilon);  loss = -log(q[label] / sum(q))
  categorical:  q = clip(p / sum(p), epsilon, 1 - epsilon);  loss = -sum(target * log(q))
The gradient of a clipped element is 0. A probability that comes straight from a softmax layer is not treated so:
Keras then goes back to the logits. Here the probabilities are plain tensors, so the formulas above apply.
"""

import keras
import numpy as np
import tensorflow as tf

from golden_file import GoldenFile

CLASSES = 10


def probabilities(random):
    """Rows that sum to 1, then rows with probabilities at and under the clipping limit, and one that sums to 0.7."""
    rows = random.dirichlet(np.full(CLASSES, 0.7), size=4)
    certain = np.zeros(CLASSES)
    certain[3] = 1.0
    nearly = np.full(CLASSES, 1e-9)
    nearly[5] = 1.0 - 9e-9
    small = np.full(CLASSES, 1e-6)
    small[1] = 1.0 - 9e-6
    short = random.dirichlet(np.full(CLASSES, 2.0)) * 0.7
    # The last two rows repeat certain and nearly: once the label is the likely class, once it is not.
    return np.stack([*rows, certain, nearly, small, short, certain, nearly]).astype(np.float32)


PROBABILITY_LABELS = np.array([0, 4, 9, 2, 3, 5, 0, 7, 8, 0], np.int32)


def logits(random):
    """Ordinary rows, then ±100 with the label at the large and at the small end, and equal logits."""
    rows = random.standard_normal((5, CLASSES)) * 3
    large = np.tile([100.0, -100.0], CLASSES // 2)
    steps = np.linspace(-100, 100, CLASSES)
    equal = np.full(CLASSES, 42.0)
    return np.stack([*rows, large, large, steps, steps, equal]).astype(np.float32)


LOGIT_LABELS = np.array([1, 3, 5, 7, 9, 0, 1, 9, 0, 6], np.int32)


def add_loss_case(file, name, loss, target, prediction, **description):
    file.add_case(name, loss=type(loss).__name__, reduction="mean over the batch", **description)
    is_label = target.dtype == np.int32
    file.add(f"{name}.labels" if is_label else f"{name}.target", target)
    file.add(f"{name}.input", prediction)
    for dtype, suffix in (("float32", ""), ("float64", ".f64")):
        typed = loss.from_config({**loss.get_config(), "dtype": dtype, "reduction": None})
        x = tf.constant(prediction, dtype)
        y = tf.constant(target) if is_label else tf.constant(target, dtype)
        with tf.GradientTape() as tape:
            tape.watch(x)
            values = typed(y, x)
            mean = tf.reduce_mean(values)
        for key, array in (("values", values), ("loss", mean), ("gradient.input", tape.gradient(mean, x))):
            array = array.numpy()
            assert array.dtype == dtype, f"{name}.{key} is {array.dtype}"
            file.add(f"{name}.{key}{suffix}", array)


def write_positions(directory):
    """Segmentation: 3 images of 2 by 5 positions. In the unsmoothed cases every fourth position has a target of zeros."""
    random = np.random.default_rng(6200)
    file = GoldenFile()
    shape = (3, 2, 5)
    logits = (random.standard_normal((*shape, CLASSES)) * 3).astype(np.float32)
    shares = random.dirichlet(np.full(CLASSES, 0.7), size=shape).astype(np.float32)
    one_hot = np.eye(CLASSES, dtype=np.float32)[random.integers(0, CLASSES, shape)]
    masked = one_hot.copy()
    masked.reshape(-1, CLASSES)[::4] = 0
    for from_logits, prediction in ((False, shares), (True, logits)):
        source = "logits" if from_logits else "probabilities"
        for smoothing, target in ((0, masked), (0.1, one_hot)):
            loss = keras.losses.CategoricalCrossentropy(from_logits=from_logits, label_smoothing=smoothing)
            name = f"positions-{source}" + ("-smoothed" if smoothing else "")
            add_loss_case(file, name, loss, target, prediction, from_logits=from_logits, label_smoothing=smoothing)
    file.save(directory, "losses-positions.safetensors")


def write(directory):
    random = np.random.default_rng(6000)
    file = GoldenFile()
    one_hot = lambda labels: np.eye(CLASSES, dtype=np.float32)[labels]
    inputs = {False: (probabilities(random), PROBABILITY_LABELS), True: (logits(random), LOGIT_LABELS)}
    for from_logits, (prediction, labels) in inputs.items():
        source = "logits" if from_logits else "probabilities"
        smooth = (0.9 * one_hot(labels) + 0.1 / CLASSES).astype(np.float32)
        sparse = keras.losses.SparseCategoricalCrossentropy(from_logits=from_logits)
        categorical = keras.losses.CategoricalCrossentropy(from_logits=from_logits)
        settings = dict(from_logits=from_logits)
        add_loss_case(file, f"sparse-{source}", sparse, labels, prediction, **settings)
        add_loss_case(file, f"categorical-{source}", categorical, one_hot(labels), prediction, **settings)
        add_loss_case(file, f"categorical-{source}-soft-targets", categorical, smooth, prediction, **settings)
    prediction = random.standard_normal((6, 7)).astype(np.float32)
    target = random.standard_normal((6, 7)).astype(np.float32)
    add_loss_case(file, "mean-squared-error", keras.losses.MeanSquaredError(), target, prediction)
    file.save(directory, "losses.safetensors")
    write_positions(directory)
