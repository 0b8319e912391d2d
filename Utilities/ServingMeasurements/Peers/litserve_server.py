"""The notebook's network behind LitServe, one worker: JSON at /infer. Usage: litserve_server.py PORT."""

import sys

import litserve
import notebook


class Notebook(litserve.LitAPI):
    def setup(self, device):
        self.session = notebook.session()

    def decode_request(self, request):
        return request["inputs"][0]["data"]

    def predict(self, pixels):
        return notebook.probabilities(self.session, pixels)

    def encode_response(self, probabilities):
        return notebook.answer(probabilities)


if __name__ == "__main__":
    server = litserve.LitServer(Notebook(api_path="/infer"), accelerator="cpu", workers_per_device=1)
    server.run(host="127.0.0.1", port=int(sys.argv[1]), log_level="error", generate_client_file=False)
