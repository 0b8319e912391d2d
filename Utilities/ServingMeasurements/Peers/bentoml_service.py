"""The notebook's network behind BentoML, one worker: JSON at /infer. Run by `bentoml serve`."""

import bentoml
import notebook


@bentoml.service(workers=1)
class Notebook:
    def __init__(self):
        self.session = notebook.session()

    @bentoml.api
    def infer(self, inputs: list[dict]) -> dict:
        return notebook.answer(notebook.probabilities(self.session, inputs[0]["data"]))
