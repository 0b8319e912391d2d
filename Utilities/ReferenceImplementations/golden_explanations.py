"""Golden values of explanations: gradients of scores with respect to the input, integrated gradients, Grad-CAM, activations.

Versions: Python 3.11, keras 3.15.1, tensorflow-cpu 2.21.0, numpy 2.4.6, safetensors 0.8.0.

Keras runs the network in float64 from float32 parameters and images of bytes divided by 255; the tensors are rounded to
float32. Gradients are TensorFlow's, of the logit (the value before the softmax) or of the probability, with training=False.
"""

import keras
import numpy as np
import tensorflow as tf

from golden_file import GoldenFile, model_parameters, precision, to_our_layout
from golden_networks import describe, initial_values, strokes

IMAGES, HEIGHT, WIDTH, CLASSES = 2, 16, 14, 10
STEPS = 4096
BATCH = 256


def network():
    layers = keras.layers
    return keras.Sequential([
        keras.Input((HEIGHT, WIDTH, 1)),
        layers.Conv2D(6, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.Conv2D(8, 3, use_bias=False),
        layers.BatchNormalization(),
        layers.LeakyReLU(negative_slope=0.3),
        layers.Dropout(0.4),
        layers.Conv2D(10, 3, strides=(2, 1), padding="same", activation="relu"),
        layers.AveragePooling2D(2, padding="same"),
        layers.Flatten(),
        layers.Dense(12, activation="tanh"),
        layers.Dense(CLASSES),
        layers.Activation("softmax"),
    ])


def layer_outputs(model, x):
    """The output of every layer as the network predicts."""
    outputs = []
    for layer in model.layers:
        x = layer(x, training=False)
        outputs.append(x)
    return outputs


def gradients(model, images, score, of):
    """For each image and class, the gradient of the score with respect to the input (of=None) or a layer's output."""
    x = tf.constant(images)
    result = []
    for label in range(CLASSES):
        with tf.GradientTape() as tape:
            tape.watch(x)
            outputs = layer_outputs(model, x)
            total = tf.reduce_sum(outputs[-1 if score == "probability" else -2][:, label])
        result.append(tape.gradient(total, x if of is None else outputs[of]).numpy())
    return np.stack(result, axis=1)


def integrated_gradients(model, images, score):
    """From zeros, by the midpoint rule; the steps are many enough to leave about 1e-4 of the largest value."""
    places = (np.arange(STEPS) + 0.5) / STEPS
    result = []
    for image in images:
        total = sum(
            gradients(model, image * places[first:first + BATCH, None, None, None], score, None).sum(axis=0)
            for first in range(0, STEPS, BATCH))
        result.append(image * total / STEPS)
    return np.stack(result)


def grad_cam(model, images, score, layer):
    output = layer_outputs(model, tf.constant(images))[layer].numpy()
    weights = gradients(model, images, score, layer).mean(axis=(2, 3), keepdims=True)
    return np.maximum((weights * output[:, None]).sum(axis=-1), 0)


def write(directory):
    random = np.random.default_rng(11_000)
    pixels = np.rint(strokes(random, IMAGES, HEIGHT, WIDTH, 1) * 255).astype(np.uint8)
    images = (pixels.astype(np.float32) / np.float32(255)).astype(np.float64)
    values = initial_values(random, network(), 11_000)
    file = GoldenFile()
    file.add("input", pixels[..., 0])
    with precision("float64"):
        model = network()
        model.set_weights([value.astype(np.float64) for value in values])
        for (name, variable), value in zip(model_parameters(model), values, strict=True):
            file.add(f"parameters.{name}", to_our_layout(value, variable.name))
        for index, output in enumerate(layer_outputs(model, tf.constant(images))):
            file.add(f"activation.{index}", output.numpy().astype(np.float32))
        camera_layers = {"conv3": 7, "activation1": 5}
        for score in ("logit", "probability"):
            tensors = {
                "gradient": gradients(model, images, score, None)[..., 0],
                "integrated": integrated_gradients(model, images, score)[..., 0],
            }
            for layer, index in camera_layers.items():
                tensors[f"gradcam.{layer}"] = grad_cam(model, images, score, index)
            maps = tensors["gradcam.conv3"].reshape(IMAGES * CLASSES, *tensors["gradcam.conv3"].shape[2:], 1)
            overlays = tf.image.resize(maps, (HEIGHT, WIDTH), method="bilinear").numpy()
            tensors["overlay.conv3"] = overlays.reshape(IMAGES, CLASSES, HEIGHT, WIDTH)
            for name, tensor in tensors.items():
                file.add(f"{name}.{score}", tensor.astype(np.float32))
    file.add_case(
        "explanations", network=list(describe(model)), input_shape=list(images.shape),
        normalization="bytes / 255", steps=STEPS, rule="midpoint", baseline="zeros",
        maps="[images, classes, rows, columns]", mode="inference")
    file.save(directory, "explanations.safetensors")
