"""Writes golden values as safetensors, in this package's layout and with its names.

Versions: Python 3.11, keras 3.15.1, tensorflow-cpu 2.21.0, numpy 2.4.6, safetensors 0.8.0.

The only place where Keras's layout is transposed:
  convolution weights  Keras [height, width, in, out]  ->  [out, height, width, in]
  dense weights        Keras [in, out]                 ->  [out, in]
Images are [N, H, W, C] in both.
"""

import contextlib
import json
import os
import pathlib

os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"  # Plain Eigen kernels: the same code on every x86-64 machine.
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import safetensors
import safetensors.numpy
import tensorflow as tf

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)
tf.config.experimental.enable_op_determinism()

MAXIMUM_BYTES = 400_000

# What Keras calls a variable, and what this package calls it.
PARAMETER_NAMES = {"kernel": "weight"}

# What Keras calls a layer's class, and the prefix of this package's parameter names.
LAYER_KINDS = {"Conv2D": "conv", "Dense": "dense", "BatchNormalization": "batchnorm"}


def versions():
    return {
        "keras": keras.__version__,
        "backend": f"tensorflow {tf.__version__}, CPU, oneDNN off",
        "numpy": np.__version__,
        "safetensors": safetensors.__version__,
    }


@contextlib.contextmanager
def precision(dtype):
    """Makes dtype Keras's default for layers, optimisers and losses that are made inside."""
    keras.config.set_floatx(dtype)
    keras.config.set_dtype_policy(dtype)
    try:
        yield
    finally:
        keras.config.set_floatx("float32")
        keras.config.set_dtype_policy("float32")


def to_our_layout(array, variable_name):
    """A parameter or its gradient, from Keras's layout to this package's."""
    array = np.asarray(array)
    if variable_name == "kernel":
        axes = {4: (3, 0, 1, 2), 2: (1, 0)}[array.ndim]
        array = array.transpose(axes)
    return array


def parameter_name(variable_name):
    return PARAMETER_NAMES.get(variable_name, variable_name)


def model_parameters(model):
    """Pairs (name, variable) of a model; layers count from 1 within their kind, in order of appearance."""
    counts = {}
    for layer in model.layers:
        kind = LAYER_KINDS.get(type(layer).__name__)
        if kind is None:
            continue
        counts[kind] = counts.get(kind, 0) + 1
        for variable in layer.weights:
            yield f"{kind}{counts[kind]}.{parameter_name(variable.name)}", variable


class GoldenFile:
    """Tensors and the descriptions of the cases that they belong to.

    The metadata has one key, "case": JSON text {"versions": …, "cases": [{"name": …, …}]}. A tensor of a family's
    case is named "CASE.TENSOR".
    """

    def __init__(self):
        self.cases = []
        self.tensors = {}

    def add_case(self, name, **description):
        if any(case["name"] == name for case in self.cases):
            raise ValueError(f"case {name} is there already")
        self.cases.append({"name": name, **description})

    def add(self, name, array):
        if name in self.tensors:
            raise ValueError(f"tensor {name} is there already")
        self.tensors[name] = np.array(array, order="C")

    def save(self, directory, file_name):
        path = pathlib.Path(directory) / file_name
        path.parent.mkdir(parents=True, exist_ok=True)
        description = {"versions": versions(), "cases": self.cases}
        # One key only: the library writes several keys in an order that changes from run to run.
        metadata = {"case": json.dumps(description, indent=1)}
        safetensors.numpy.save_file(self.tensors, path, metadata=metadata)
        size = path.stat().st_size
        if size > MAXIMUM_BYTES:
            raise SystemExit(f"{path} has {size} bytes, more than the {MAXIMUM_BYTES} that a golden file may have")
        print(f"{path}: {len(self.tensors)} tensors, {size} bytes")
