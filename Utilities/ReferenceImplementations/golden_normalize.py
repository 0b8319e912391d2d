"""Golden values of keras.utils.normalize on images of bytes [N, H, W], along axis 1 and axis 2.

Versions: Python 3.11, keras 3.15.1, tensorflow-cpu 2.21.0, numpy 2.4.6, safetensors 0.8.0.

Keras computes this in float64 (NumPy); `fit` then rounds to float32. Both are stored.
"""

import keras
import numpy as np

from golden_file import GoldenFile

SHAPE = (4, 9, 7)


def write(directory):
    random = np.random.default_rng(10_000)
    images = random.integers(0, 256, SHAPE).astype(np.uint8)
    # Sparse as a digit is: half of the pixels are 0.
    images[random.random(SHAPE) < 0.5] = 0
    images[1] = 0                      # a blank image
    images[2, :, 3] = 0                # a blank column
    images[2, 5, :] = 0                # a blank row
    images[3] = 0
    images[3, 4, 2] = 1                # one faint pixel becomes 1.0
    images[3, :, 5] = 255
    file = GoldenFile()
    file.add("input", images)
    for axis in (1, 2):
        file.add_case(f"axis{axis}", function="keras.utils.normalize", axis=axis, order=2)
        normalized = keras.utils.normalize(images, axis=axis)
        assert normalized.dtype == np.float64
        file.add(f"axis{axis}.output", normalized.astype(np.float32))
        file.add(f"axis{axis}.output.f64", normalized)
    file.save(directory, "normalize.safetensors")
