"""PyTorch, channels-last. Modes: eager, compile (torch.compile with the Inductor)."""

from worker import arguments, serve, training_images

options = arguments()

import torch
from torch import nn


def same_padding(kernel, stride):
    """As many pixels as TensorFlow adds for even extents, but alike on both sides."""
    return tuple((k - 1) // 2 for k in kernel)


def network(layers):
    """The layers, without the last softmax while training: it belongs to the loss here."""
    modules, shape = [], torch.zeros(1, 1, 28, 28)
    for index, layer in enumerate(layers):
        added = []
        match layer["kind"]:
            case "Conv2D":
                padding = same_padding(layer["kernelSize"], layer["stride"]) if layer["padding"] == "same" else 0
                added.append(nn.Conv2d(
                    shape.shape[1], layer["filters"], layer["kernelSize"], layer["stride"], padding,
                    bias=layer["useBias"]))
            case "MaxPool2D":
                added.append(nn.MaxPool2d(layer["size"], layer["stride"]))
            case "BatchNorm":
                added.append(nn.BatchNorm2d(shape.shape[1], eps=layer["epsilon"], momentum=1 - layer["momentum"]))
            case "Dropout":
                added.append(nn.Dropout(layer["rate"]))
            case "Flatten":
                added.append(nn.Flatten())
            case "Dense":
                added.append(nn.Linear(shape.shape[1], layer["units"], bias=layer["useBias"]))
            case "Activation":
                pass
            case kind:
                raise SystemExit(f"torch_worker.py knows no layer {kind}")
        match layer.get("activation", {}).get("name"):
            case None:
                pass
            case "relu":
                added.append(nn.ReLU(inplace=True))
            case "softmax":
                if options.task != "train":
                    added.append(nn.Softmax(dim=1))
            case name:
                raise SystemExit(f"torch_worker.py knows no activation {name}")
        modules += added
        with torch.no_grad():
            shape = nn.Sequential(*added).eval()(shape)
    return nn.Sequential(*modules).to(memory_format=torch.channels_last)


torch.set_num_threads(options.threads)
torch.set_num_interop_threads(1)
torch.set_flush_denormal(True)
torch.manual_seed(0)
model = network(options.network)
images, labels = training_images(options)
images = torch.from_numpy(images).permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)
labels = torch.from_numpy(labels).long()
mode = options.mode or "eager"
batch = options.batch

if options.task == "train":
    model.train()
    optimizer = torch.optim.Adam(model.parameters(), fused=True)
    loss_function = nn.CrossEntropyLoss()

    def loss_of(x, y):
        return loss_function(model(x), y)

    if mode == "compile":
        loss_of = torch.compile(loss_of)

    def work(first):
        optimizer.zero_grad(set_to_none=True)
        loss_of(images[first : first + batch], labels[first : first + batch]).backward()
        optimizer.step()
        return batch
else:
    model.eval()
    infer = torch.compile(model) if mode == "compile" else model

    def work(first):
        with torch.inference_mode():
            infer(images[first : first + batch])
        return batch


serve(
    options, f"PyTorch {torch.__version__}",
    {"eager": "eager, channels-last, fused Adam", "compile": "torch.compile, channels-last, fused Adam"}[mode], work)
