"""What all peers share: the options, MNIST in memory, and the line protocol.

A worker builds its network, warms up, and prints one line of JSON that says what it is. Then each line "run" on its
standard input is answered with one line of JSON: {"images_per_second": …}, or for the latency task
{"median_us": …, "p99_us": …}. It ends when its input does. Between runs it only waits, so that it does not disturb those that it takes
turns with.
"""

import argparse
import gzip
import json
import os
import pathlib
import statistics
import struct
import sys
import time


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--task", choices=["train", "infer", "latency"], required=True)
    parser.add_argument("--network", required=True, help="the layers, as JSON")
    parser.add_argument("--batch", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--mode", default="", help="a way to run, of those that the worker knows")
    parser.add_argument("--seconds", type=float, default=1.0, help="how long one run lasts, about")
    parser.add_argument("--data", type=pathlib.Path, required=True, help="the folder with MNIST's files")
    options = parser.parse_args()
    options.network = json.loads(options.network)
    # Read by libraries when they are imported, which is after this.
    os.environ["OMP_NUM_THREADS"] = str(options.threads)
    return options


def read_idx(directory, name):
    """An IDX file of unsigned bytes, compressed or plain: magic 0, 0, 8, rank; the sizes, big-endian; the bytes."""
    import numpy

    path = directory / f"{name}.gz"
    contents = gzip.open(path).read() if path.exists() else (directory / name).read_bytes()
    zero, kind, rank = struct.unpack_from(">HBB", contents)
    if (zero, kind) != (0, 8):
        raise SystemExit(f"{path} is not an IDX file of bytes")
    shape = struct.unpack_from(f">{rank}I", contents, 4)
    return numpy.frombuffer(contents, numpy.uint8, offset=4 + 4 * rank).reshape(shape)


def training_images(options):
    """MNIST's training images as float32 in 0...1, [60000, 28, 28, 1], and their labels as int32."""
    images = read_idx(options.data, "train-images-idx3-ubyte")[..., None].astype("float32") / 255
    return images, read_idx(options.data, "train-labels-idx1-ubyte").astype("int32")


def serve(options, name, settings, work):
    """Answers lines until the input ends.

    `work(first)` does the task once: for training and inference on the batch of images that begins at `first`, and
    returns how many images it has worked on.
    """
    available = 60000 // options.batch * options.batch
    place = 0

    def once():
        nonlocal place
        count = work(place)
        place = (place + count) % available
        return count

    end = time.perf_counter() + 2 * options.seconds
    for _ in range(3):
        once()
    while time.perf_counter() < end:
        once()
    print(json.dumps({"name": name, "settings": settings}), flush=True)
    for line in sys.stdin:
        if line.strip() == "run":
            measure = latency if options.task == "latency" else throughput
            print(json.dumps(measure(once, options.seconds)), flush=True)


def throughput(once, seconds):
    once()
    start = now = time.perf_counter()
    images = 0
    while now < start + seconds:
        images += once()
        now = time.perf_counter()
    return {"images_per_second": images / (now - start)}


def latency(once, seconds):
    once()
    times = []
    begin = time.perf_counter()
    while time.perf_counter() < begin + seconds:
        start = time.perf_counter_ns()
        once()
        times.append((time.perf_counter_ns() - start) / 1000)
    times.sort()
    return {"median_us": statistics.median(times), "p99_us": times[int(0.99 * (len(times) - 1))]}
