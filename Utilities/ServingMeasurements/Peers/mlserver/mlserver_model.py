"""The notebook's network behind MLServer, which speaks the Open Inference Protocol itself."""

import notebook
from mlserver import MLModel
from mlserver.codecs import NumpyCodec
from mlserver.types import InferenceResponse


class Notebook(MLModel):
    async def load(self):
        self.session = notebook.session()
        return True

    async def predict(self, payload):
        pixels = self.decode(payload.inputs[0], default_codec=NumpyCodec)
        probabilities = notebook.probabilities(self.session, pixels)
        return InferenceResponse(
            model_name=self.name, outputs=[NumpyCodec.encode_output("probabilities", probabilities)])
