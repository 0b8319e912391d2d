"""The notebook's network as ONNX, run by ONNX Runtime on one thread, for the servers beside this file.

Weights are random: how long an answer takes does not depend on them.
"""

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper


def model():
    """Three times a convolution of 64 by 3x3 with ReLU and pooling, then 64, 32 and 10 units."""
    random = np.random.default_rng(0)
    nodes, weights, current = [], [], "input"

    def add(operator, *shapes, **attributes):
        nonlocal current
        inputs = [current]
        for shape in shapes:
            inputs.append(f"weight{len(weights)}")
            values = random.normal(0, 0.05, shape).astype(np.float32)
            weights.append(numpy_helper.from_array(values, inputs[-1]))
        current = f"value{len(nodes)}"
        nodes.append(helper.make_node(operator, inputs, [current], **attributes))

    for channels in (1, 64, 64):
        add("Conv", (64, channels, 3, 3), (64,), kernel_shape=[3, 3])
        add("Relu")
        add("MaxPool", kernel_shape=[2, 2], strides=[2, 2])
    add("Flatten", axis=1)
    for inputs, units in ((64, 64), (64, 32), (32, 10)):
        add("Gemm", (units, inputs), (units,), transB=1)
        add("Softmax" if units == 10 else "Relu", **({"axis": 1} if units == 10 else {}))
    graph = helper.make_graph(
        nodes, "notebook",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["N", 1, 28, 28])],
        [helper.make_tensor_value_info(current, TensorProto.FLOAT, ["N", 10])], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    return model.SerializeToString()


def session():
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return ort.InferenceSession(model(), options, providers=["CPUExecutionProvider"])


def probabilities(session, pixels):
    """[N, 10] of pixels from 0 to 255, whatever the shape of the N images."""
    return session.run(None, {"input": np.asarray(pixels, np.float32).reshape(-1, 1, 28, 28) / 255})[0]


def answer(probabilities):
    """The body of an answer by the Open Inference Protocol."""
    return {
        "model_name": "notebook",
        "outputs": [{
            "name": "probabilities", "datatype": "FP32", "shape": list(probabilities.shape),
            "data": probabilities.ravel().tolist(),
        }],
    }
