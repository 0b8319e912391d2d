"""Makes the calls of clients that exist against a running digits-server and says which failed."""

import argparse
import asyncio
import json
import sys
import traceback
import urllib.request

import numpy


def test_images(count):
    """Images of 28x28 that differ, 0...255."""
    generator = numpy.random.default_rng(1)
    return generator.integers(0, 256, (count, 28, 28, 1)).astype(numpy.float32)


def pgm(image):
    """A picture file."""
    return b"P5\n28 28\n255\n" + image.astype(numpy.uint8).tobytes()


class Checks:
    """Runs calls one after the other and counts those that fail."""

    def __init__(self, url, model):
        self.url = url
        self.model = model
        self.images = test_images(2)
        self.expected = None
        self.failures = 0
        self.count = 0

    def run(self, name, call):
        self.count += 1
        try:
            call()
            print(f"ok      {name}")
        except Exception as error:  # What clients throw is of many kinds.
            self.failures += 1
            print(f"FAILED  {name}: {type(error).__name__}: {error}")
            traceback.print_exc(limit=3)

    def same(self, probabilities):
        probabilities = numpy.asarray(probabilities, numpy.float32).reshape(-1, 10)
        if self.expected is None:
            self.expected = probabilities
        assert probabilities.shape == (2, 10), probabilities.shape
        assert (probabilities == self.expected).all(), "probabilities differ"

    def triton(self, compression):
        import tritonclient.http as triton
        from tritonclient.utils import InferenceServerException

        client = triton.InferenceServerClient(self.url)

        def image(datatype="FP32", binary=True):
            value = triton.InferInput("image", [2, 28, 28, 1], datatype)
            pixels = self.images if datatype == "FP32" else self.images.astype(numpy.uint8)
            value.set_data_from_numpy(pixels, binary_data=binary)
            return [value]

        def infer(inputs, **options):
            return client.infer(self.model, inputs, **options)

        def classification():
            output = triton.InferRequestedOutput("probabilities", class_count=3, binary_data=False)
            values = infer(image(), outputs=[output], priority=1, timeout=5_000_000, parameters={"mine": "a"})
            values = values.as_numpy("probabilities")
            assert values.shape == (2, 3), values.shape
            first = values[0][0]
            first = first.decode() if isinstance(first, bytes) else first
            assert int(first.split(":")[1]) == int(self.expected[0].argmax())

        def binary_classification():
            output = triton.InferRequestedOutput("probabilities", class_count=2, binary_data=True)
            values = infer(image(), outputs=[output]).as_numpy("probabilities")
            assert values.shape == (2, 2) and values.dtype == numpy.object_

        def requested():
            output = triton.InferRequestedOutput("probabilities", binary_data=True)
            result = infer(image(), outputs=[output], request_id="r1")
            assert result.get_response()["id"] == "r1"
            self.same(result.as_numpy("probabilities"))

        def pictures():
            files = numpy.array([pgm(image) for image in self.images], dtype=numpy.object_)
            value = triton.InferInput("image", [2], "BYTES")
            value.set_data_from_numpy(files, binary_data=True)
            self.same(infer([value]).as_numpy("probabilities"))

        def unknown():
            try:
                client.infer("nobody", image())
            except InferenceServerException as error:
                assert "nobody" in str(error)
                return
            raise AssertionError("an unknown model was answered")

        def unknown_input():
            value = triton.InferInput("picture", [2, 28, 28, 1], "FP32")
            value.set_data_from_numpy(self.images)
            try:
                infer([value])
            except InferenceServerException as error:
                assert "picture" in str(error)
                return
            raise AssertionError("an unknown input was taken")

        def asynchronous():
            requests = [client.async_infer(self.model, image()) for _ in range(4)]
            for request in requests:
                self.same(request.get_result().as_numpy("probabilities"))

        checks = {
            "is_server_live": lambda: self.true(client.is_server_live()),
            "is_server_ready": lambda: self.true(client.is_server_ready()),
            "is_model_ready": lambda: self.true(client.is_model_ready(self.model)),
            "is_model_ready, no such model": lambda: self.true(not client.is_model_ready("nobody")),
            "get_server_metadata": lambda: self.true(client.get_server_metadata()["extensions"]),
            "get_model_metadata": lambda: self.true(client.get_model_metadata(self.model)["inputs"]),
            "get_model_metadata, version": lambda: self.true(client.get_model_metadata(self.model, "1")["inputs"]),
            "get_model_config": lambda: self.true(client.get_model_config(self.model)["input"]),
            "get_model_repository_index": lambda: self.true(client.get_model_repository_index()),
            "get_inference_statistics": lambda: self.true(client.get_inference_statistics(self.model)["model_stats"]),
            "get_inference_statistics, all": lambda: self.true(client.get_inference_statistics()["model_stats"]),
            "infer, binary": lambda: self.same(infer(image()).as_numpy("probabilities")),
            "infer, JSON": lambda: self.same(
                infer(
                    image(binary=False),
                    outputs=[triton.InferRequestedOutput("probabilities", binary_data=False)],
                ).as_numpy("probabilities")
            ),
            "infer, UINT8": lambda: self.same(infer(image("UINT8")).as_numpy("probabilities")),
            "infer, version, query and own header": lambda: self.same(
                infer(image(), model_version="1", query_params={"a": "b"}, headers={"x-own": "1"}).as_numpy(
                    "probabilities"
                )
            ),
            "infer, id and requested output": requested,
            "infer, classification": classification,
            "infer, classification, binary": binary_classification,
            "infer, BYTES": pictures,
            "infer, unknown model": unknown,
            "infer, unknown input": unknown_input,
            "async_infer": asynchronous,
        }
        if compression:
            for algorithm in ("gzip", "deflate"):
                checks[f"infer, {algorithm} both ways"] = lambda algorithm=algorithm: self.same(
                    infer(
                        image(),
                        request_compression_algorithm=algorithm,
                        response_compression_algorithm=algorithm,
                    ).as_numpy("probabilities")
                )
        for name, call in checks.items():
            self.run(f"tritonclient.http {name}", call)
        client.close()

    def triton_aio(self):
        import tritonclient.http.aio as triton

        async def infer(binary):
            client = triton.InferenceServerClient(self.url)
            try:
                value = triton.InferInput("image", [2, 28, 28, 1], "FP32")
                value.set_data_from_numpy(self.images, binary_data=binary)
                output = triton.InferRequestedOutput("probabilities", binary_data=binary)
                results = await asyncio.gather(
                    *[client.infer(self.model, [value], outputs=[output]) for _ in range(4)]
                )
                for result in results:
                    self.same(result.as_numpy("probabilities"))
                assert await client.is_server_live() and await client.is_model_ready(self.model)
            finally:
                await client.close()

        self.run("tritonclient.http.aio infer, binary", lambda: asyncio.run(infer(True)))
        self.run("tritonclient.http.aio infer, JSON", lambda: asyncio.run(infer(False)))

    def kserve(self):
        from kserve import InferenceRESTClient, InferInput, InferRequest
        from kserve.inference_client import RESTConfig

        base = f"http://{self.url}"

        async def call(action):
            client = InferenceRESTClient(RESTConfig(protocol="v2"))
            try:
                return await action(client)
            finally:
                await client.close()

        async def infer(client, binary):
            value = InferInput("image", [2, 28, 28, 1], "FP32")
            value.set_data_from_numpy(self.images, binary_data=binary)
            request = InferRequest(
                model_name=self.model, infer_inputs=[value], request_id="k1", parameters={"a": 1}
            )
            result = await client.infer(base, request, model_name=self.model)
            self.same(result.outputs[0].as_numpy())

        async def health(client):
            assert await client.is_server_live(base)
            assert await client.is_server_ready(base)
            assert await client.is_model_ready(base, self.model)

        self.run("kserve infer, JSON", lambda: asyncio.run(call(lambda client: infer(client, False))))
        self.run("kserve infer, binary", lambda: asyncio.run(call(lambda client: infer(client, True))))
        self.run("kserve health", lambda: asyncio.run(call(health)))

    def plain(self):
        """What is called with nothing but HTTP."""

        def post(path, body, headers=None):
            request = urllib.request.Request(f"http://{self.url}{path}", data=body, headers=headers or {})
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.load(answer)

        rows = self.images.tolist()
        path = f"/v1/models/{self.model}:predict"
        self.run(
            "TensorFlow Serving, instances",
            lambda: self.same(post(path, json.dumps({"instances": rows}).encode())["predictions"]),
        )
        self.run(
            "TensorFlow Serving, inputs",
            lambda: self.same(post(path, json.dumps({"inputs": rows}).encode())["outputs"]),
        )
        blank = b"P5\n40 40\n255\n" + bytes([200]) * 1600
        self.run(
            "/v1/read, blank picture",
            lambda: self.true(post("/v1/read", blank, {"Content-Type": "image/x-portable-graymap"})["refused"] == "blank"),
        )

    @staticmethod
    def true(value):
        assert value, value


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="127.0.0.1:8080", help="host and port of the server")
    parser.add_argument("--model", default="tiny", help="a model that takes 28x28x1 and has 10 classes")
    parser.add_argument(
        "--without", action="append", default=[], choices=["triton", "kserve", "compression"], help="what is left out"
    )
    arguments = parser.parse_args()
    checks = Checks(arguments.url, arguments.model)
    if "triton" not in arguments.without:
        checks.triton("compression" not in arguments.without)
        checks.triton_aio()
    if "kserve" not in arguments.without:
        checks.kserve()
    checks.plain()
    print(f"{checks.count - checks.failures} of {checks.count} calls succeeded.")
    sys.exit(1 if checks.failures else 0)


if __name__ == "__main__":
    main()
