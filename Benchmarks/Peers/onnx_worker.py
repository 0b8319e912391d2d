"""ONNX Runtime and OpenVINO on the same ONNX model, which is made here with random weights.

Modes: onnxruntime; openvino (one stream), openvino-throughput (as many streams as threads, requests in flight).
"""

from worker import arguments, serve, training_images

options = arguments()

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def onnx_model(layers, batch):
    """The network for inputs [batch, 1, 28, 28]; Glorot's uniform weights, no biases left out."""
    random = np.random.default_rng(0)
    nodes, weights = [], []
    current, shape = "input", (1, 28, 28)

    def constant(values):
        name = f"weight{len(weights)}"
        weights.append(numpy_helper.from_array(values.astype(np.float32), name))
        return name

    def glorot(*shape):
        receptive = int(np.prod(shape[2:]))
        limit = (6 / ((shape[0] + shape[1]) * receptive)) ** 0.5
        return constant(random.uniform(-limit, limit, shape))

    def add(operator, inputs=(), **attributes):
        nonlocal current
        result = f"value{len(nodes)}"
        nodes.append(helper.make_node(operator, [current, *inputs], [result], **attributes))
        current = result

    def activation(layer):
        match layer.get("activation", {}).get("name"):
            case "relu":
                add("Relu")
            case "softmax":
                add("Softmax", axis=1)

    for layer in layers:
        match layer["kind"]:
            case "Conv2D" if layer["padding"] == "valid":
                kernel, stride = layer["kernelSize"], layer["stride"]
                add("Conv", [glorot(layer["filters"], shape[0], *kernel), constant(np.zeros(layer["filters"]))],
                    kernel_shape=kernel, strides=stride)
                shape = (layer["filters"], *((n - k) // s + 1 for n, k, s in zip(shape[1:], kernel, stride)))
            case "MaxPool2D" if layer["padding"] == "valid":
                size, stride = layer["size"], layer["stride"]
                add("MaxPool", kernel_shape=size, strides=stride)
                shape = (shape[0], *((n - k) // s + 1 for n, k, s in zip(shape[1:], size, stride)))
            case "Flatten":
                add("Flatten", axis=1)
                shape = (int(np.prod(shape)),)
            case "Dense":
                add("Gemm", [glorot(layer["units"], shape[0]), constant(np.zeros(layer["units"]))], transB=1)
                shape = (layer["units"],)
            case "Dropout" | "Activation":
                pass
            case kind:
                raise SystemExit(f"onnx_worker.py knows no layer {kind} like that")
        activation(layer)

    graph = helper.make_graph(
        nodes, "network",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, (batch, 1, 28, 28))],
        [helper.make_tensor_value_info(current, TensorProto.FLOAT, (batch, *shape))], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    return model.SerializeToString()


mode = options.mode or "onnxruntime"
batch = options.batch
# One channel: [N, 28, 28, 1] and [N, 1, 28, 28] are the same bytes.
images = training_images(options)[0].reshape(-1, 1, 28, 28)
model = onnx_model(options.network, batch)

if mode == "onnxruntime":
    import onnxruntime as ort

    name, settings = f"ONNX Runtime {ort.__version__}", "all optimisations, bound buffers"
    choices = ort.SessionOptions()
    choices.intra_op_num_threads = options.threads
    choices.inter_op_num_threads = 1
    choices.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    session = ort.InferenceSession(model, choices, providers=["CPUExecutionProvider"])
    result = np.empty(session.get_outputs()[0].shape, np.float32)
    binding = session.io_binding()
    binding.bind_output(
        session.get_outputs()[0].name, "cpu", 0, np.float32, result.shape, result.ctypes.data)

    def work(first):
        x = images[first : first + batch]
        binding.bind_input("input", "cpu", 0, np.float32, x.shape, x.ctypes.data)
        session.run_with_iobinding(binding)
        return batch
else:
    import openvino as ov

    streams = options.threads if mode == "openvino-throughput" else 1
    name, settings = f"OpenVINO {ov.__version__.split('-')[0]}", f"float32, streams: {streams}"
    core = ov.Core()
    compiled = core.compile_model(core.read_model(model, b""), "CPU", {
        "INFERENCE_NUM_THREADS": options.threads, "NUM_STREAMS": streams, "INFERENCE_PRECISION_HINT": "f32"})
    if streams == 1:
        request = compiled.create_infer_request()

        def work(first):
            request.infer([images[first : first + batch]], share_inputs=True, share_outputs=True)
            return batch
    else:
        queue = ov.AsyncInferQueue(compiled, 2 * streams)

        def work(first):
            done = 0
            for _ in range(2 * streams):
                at = (first + done) % (len(images) // batch * batch)
                queue.start_async([images[at : at + batch]], share_inputs=True)
                done += batch
            queue.wait_all()
            return done

serve(options, name, settings, work)
