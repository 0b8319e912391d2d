"""The notebook's network behind FastAPI, as people serve one: JSON at /infer, 784 raw bytes at /raw. Run by uvicorn."""

import notebook
import numpy as np
from fastapi import FastAPI, Request, Response
from pydantic import BaseModel

session = notebook.session()
app = FastAPI()


class Tensor(BaseModel):
    name: str
    shape: list[int]
    datatype: str
    data: list[float]


class Inference(BaseModel):
    inputs: list[Tensor]


@app.post("/infer")
async def infer(body: Inference):
    return notebook.answer(notebook.probabilities(session, body.inputs[0].data))


@app.post("/raw")
async def raw(request: Request):
    image = np.frombuffer(await request.body(), np.uint8)
    return Response(notebook.probabilities(session, image).tobytes(), media_type="application/octet-stream")
