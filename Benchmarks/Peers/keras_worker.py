"""Keras on TensorFlow. Modes: graph (tf.function), jit (the same compiled by XLA).

The data are tensors in memory and a call runs many steps inside the graph, so that Python costs nothing.
"""

import os

from worker import arguments, serve, training_images

options = arguments()
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import tensorflow as tf

STEPS_A_CALL = 20


def keras_layer(layer):
    layers = keras.layers
    activation = layer.get("activation", {}).get("name")
    match layer["kind"]:
        case "Conv2D":
            return layers.Conv2D(
                layer["filters"], layer["kernelSize"], layer["stride"], layer["padding"],
                activation=activation, use_bias=layer["useBias"])
        case "MaxPool2D":
            return layers.MaxPooling2D(layer["size"], layer["stride"], layer["padding"])
        case "BatchNorm":
            return layers.BatchNormalization(momentum=layer["momentum"], epsilon=layer["epsilon"])
        case "Dropout":
            return layers.Dropout(layer["rate"])
        case "Activation":
            return layers.Activation(activation)
        case "Flatten":
            return layers.Flatten()
        case "Dense":
            return layers.Dense(layer["units"], activation=activation, use_bias=layer["useBias"])
    raise SystemExit(f"keras_worker.py knows no layer {layer['kind']}")


tf.config.threading.set_intra_op_parallelism_threads(options.threads)
tf.config.threading.set_inter_op_parallelism_threads(1)
model = keras.Sequential([keras.Input((28, 28, 1))] + [keras_layer(layer) for layer in options.network])
images, labels = (tf.constant(array) for array in training_images(options))
mode = options.mode or "graph"
batch = options.batch


@tf.function(jit_compile=mode == "jit")
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(y, model(x, training=True)))
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return loss


@tf.function
def train_steps(first):
    for step in tf.range(STEPS_A_CALL):
        at = first + step * batch
        x = tf.ensure_shape(images[at : at + batch], (batch, 28, 28, 1))
        train_step(x, tf.ensure_shape(labels[at : at + batch], (batch,)))


@tf.function(jit_compile=mode == "jit")
def infer(x):
    return model(x, training=False)


def train(first):
    first = min(first, len(images) - STEPS_A_CALL * batch)
    train_steps(tf.constant(first, tf.int32))
    return STEPS_A_CALL * batch


def run(first):
    infer(images[first : first + batch]).numpy()
    return batch


if options.task == "train":
    optimizer = keras.optimizers.Adam()
    optimizer.build(model.trainable_variables)
serve(
    options, f"Keras {keras.__version__} / TensorFlow {tf.__version__}",
    {"graph": "tf.function", "jit": "tf.function, jit_compile=True"}[mode],
    train if options.task == "train" else run)
