"""Trains the notebook's CNN on MNIST with Keras: the peer of `digits train`.

    python3 keras_notebook.py --data DIR [--epochs 5] [--seed 1] [--jsonl]

Versions: Python 3.11, keras 3.15.1, tensorflow-cpu 2.21.0, numpy 2.4.6 (requirements.txt). TensorFlow's own defaults
(oneDNN on). DIR holds the four IDX files *-ubyte.gz of MNIST; without --data it is taken from DIGITS_DATA.

With --jsonl, one JSON object a line: an "epoch" event for each epoch, with the keys of `digits train --json`, and a
"finished" event. "seconds" are those of training alone, without validation. The first epoch also traces and compiles
the graph: it is marked "warm_up", and the final images_per_second leaves it out where there is a second.
"""

import argparse
import gzip
import json
import os
import pathlib
import resource
import struct
import time

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
import tensorflow as tf


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=os.environ.get("DIGITS_DATA"))
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--validation-split", type=float, default=0.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit-steps", type=int, help="train on the first N batches only, to measure speed")
    parser.add_argument("--jsonl", action="store_true")
    options = parser.parse_args()
    if options.data is None:
        parser.error("say where MNIST is: --data DIR, or the environment variable DIGITS_DATA")
    return options


def read_idx(path):
    """An IDX file of unsigned bytes: magic 0, 0, 8, rank; then the sizes, big-endian; then the bytes."""
    with gzip.open(path) as file:
        contents = file.read()
    zero, kind, rank = struct.unpack_from(">HBB", contents)
    if (zero, kind) != (0, 8):
        raise SystemExit(f"{path} is not an IDX file of bytes")
    shape = struct.unpack_from(f">{rank}I", contents, 4)
    return np.frombuffer(contents, np.uint8, offset=4 + 4 * rank).reshape(shape)


def read_split(directory, prefix):
    """Images normalised as in the notebook, [N, 28, 28, 1], and labels."""
    images = read_idx(pathlib.Path(directory) / f"{prefix}-images-idx3-ubyte.gz")
    labels = read_idx(pathlib.Path(directory) / f"{prefix}-labels-idx1-ubyte.gz")
    return keras.utils.normalize(images, axis=1).reshape(-1, 28, 28, 1), labels


def notebook_model():
    layers = keras.layers
    model = keras.Sequential([
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
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


class EpochReport(keras.callbacks.Callback):
    """Reports every epoch with the time of its training. No hook per batch, which would slow Keras down."""

    def __init__(self, images_per_epoch, report):
        super().__init__()
        self.images_per_epoch = images_per_epoch
        self.report = report
        self.epochs = []

    def on_epoch_begin(self, epoch, logs=None):
        self.begin = time.perf_counter()
        self.end = None

    def on_test_begin(self, logs=None):
        self.end = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        seconds = (self.end or time.perf_counter()) - self.begin
        line = {"event": "epoch", "epoch": epoch + 1, **{key: float(value) for key, value in logs.items()},
                "seconds": round(seconds, 3), "images_per_second": round(self.images_per_epoch / seconds, 1)}
        if epoch == 0:
            line["warm_up"] = True
        self.epochs.append(line)
        self.report(line)


def main():
    options = arguments()
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    tf.config.threading.set_inter_op_parallelism_threads(options.threads)
    keras.utils.set_random_seed(options.seed)

    def report(line):
        line = {**line, "seed": options.seed}
        if options.jsonl:
            print(json.dumps(line), flush=True)
        else:
            print("  ".join(f"{key} {value}" for key, value in line.items()), flush=True)

    train_images, train_labels = read_split(options.data, "train")
    test_images, test_labels = read_split(options.data, "t10k")
    if options.limit_steps is not None:
        count = options.limit_steps * options.batch_size
        train_images, train_labels = train_images[:count], train_labels[:count]
    # As Keras cuts it: the training part is rounded down.
    training_count = int(len(train_images) * (1 - options.validation_split))

    model = notebook_model()
    callback = EpochReport(training_count, report)
    model.fit(train_images, train_labels, batch_size=options.batch_size, epochs=options.epochs,
              validation_split=options.validation_split, verbose=0, callbacks=[callback])
    test_loss, test_accuracy = model.evaluate(test_images, test_labels, verbose=0)

    steady = callback.epochs[1:] or callback.epochs
    seconds = sum(line["seconds"] for line in callback.epochs)
    steady_seconds = sum(line["seconds"] for line in steady)
    report({
        "event": "finished", "train_accuracy": callback.epochs[-1]["accuracy"],
        "test_loss": test_loss, "test_accuracy": test_accuracy, "seconds": round(seconds, 3),
        "images_per_second": round(training_count * len(steady) / steady_seconds, 1),
        "parameters": model.count_params(),
        "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "epochs": options.epochs, "batch_size": options.batch_size,
        "training_images": training_count, "threads": options.threads,
        "versions": {"keras": keras.__version__, "tensorflow": tf.__version__},
    })


if __name__ == "__main__":
    main()
