"""JAX with Flax and Optax: one compiled step, its state given back to XLA."""

import os

from worker import arguments, serve, training_images

options = arguments()
os.environ["JAX_PLATFORMS"] = "cpu"
if options.threads == 1:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"

import flax
import flax.linen as nn
import jax
import jax.numpy as jnp
import optax

ACTIVATIONS = {"relu": nn.relu, "softmax": lambda x: x}


class Network(nn.Module):
    """The layers, without the last softmax: it belongs to the loss here."""

    training: bool

    @nn.compact
    def __call__(self, x):
        for layer in options.network:
            match layer["kind"]:
                case "Conv2D":
                    x = nn.Conv(
                        layer["filters"], layer["kernelSize"], layer["stride"], layer["padding"].upper(),
                        use_bias=layer["useBias"])(x)
                case "MaxPool2D":
                    x = nn.max_pool(x, tuple(layer["size"]), tuple(layer["stride"]), layer["padding"].upper())
                case "BatchNorm":
                    x = nn.BatchNorm(
                        not self.training, momentum=layer["momentum"], epsilon=layer["epsilon"])(x)
                case "Dropout":
                    x = nn.Dropout(layer["rate"], deterministic=not self.training)(x)
                case "Flatten":
                    x = x.reshape(x.shape[0], -1)
                case "Dense":
                    x = nn.Dense(layer["units"], use_bias=layer["useBias"])(x)
                case "Activation":
                    pass
                case kind:
                    raise SystemExit(f"jax_worker.py knows no layer {kind}")
            if "activation" in layer:
                x = ACTIVATIONS[layer["activation"]["name"]](x)
        return x


batch = options.batch
images, labels = (jax.device_put(array) for array in training_images(options))
key = jax.random.key(0)
variables = Network(False).init(key, images[:1])
parameters, statistics = variables["params"], variables.get("batch_stats", {})
optimizer = optax.adam(1e-3)
state = (parameters, statistics, optimizer.init(parameters), key)


def slice_of(array, first):
    return jax.lax.dynamic_slice_in_dim(array, first, batch)


@jax.jit
def infer(variables, images, first):
    return nn.softmax(Network(False).apply(variables, slice_of(images, first)))


def step(state, images, labels, first):
    parameters, statistics, moments, key = state
    key, dropout = jax.random.split(key)
    x, y = slice_of(images, first), slice_of(labels, first)

    def loss_of(parameters):
        logits, changed = Network(True).apply(
            {"params": parameters, "batch_stats": statistics}, x, mutable=["batch_stats"],
            rngs={"dropout": dropout})
        loss = optax.softmax_cross_entropy_with_integer_labels(logits, y).mean()
        return loss, changed.get("batch_stats", {})

    gradients, statistics = jax.grad(loss_of, has_aux=True)(parameters)
    updates, moments = optimizer.update(gradients, moments, parameters)
    return optax.apply_updates(parameters, updates), statistics, moments, key


step = jax.jit(step, donate_argnums=0)


def train(first):
    global state
    state = jax.block_until_ready(step(state, images, labels, jnp.int32(first)))
    return batch


def run(first):
    infer(variables, images, jnp.int32(first)).block_until_ready()
    return batch


serve(
    options, f"JAX {jax.__version__} / Flax {flax.__version__}", "jit, state donated",
    train if options.task == "train" else run)
