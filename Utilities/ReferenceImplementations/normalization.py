"""Writes Tests/DatasetsTests/KerasNormalization.swift: figures of Keras's L2 normalisation of small pictures.

Run with Keras 3.15.0 on NumPy 2.4.6:  python normalization.py > KerasNormalization.swift
"""

import os

os.environ["KERAS_BACKEND"] = "numpy"

import keras
import numpy as np

CASES = [(28, 28, 1), (28, 28, 2), (7, 19, 1), (7, 19, 2)]


def image(height: int, width: int) -> np.ndarray:
    """The picture that the test draws too: every fifth byte 0, the others scattered."""
    index = np.arange(height * width)
    return np.where(index % 5 == 0, 0, (index * 37 + 11) % 256).astype(np.uint8).reshape(height, width)


def main() -> None:
    print("/// Figures of Keras's `normalize(x, axis:)` on `[1, height, width]`; written by")
    print("/// `Utilities/ReferenceImplementations/normalization.py`.")
    print("struct KerasNormalization: Sendable {")
    print("    let height: Int\n    let width: Int\n    let axis: Int")
    print("    /// Some elements, by their index in the picture.")
    print("    let figures: [Int: Float]\n")
    print("    static let cases = [")
    for height, width, axis in CASES:
        normalized = keras.utils.normalize(image(height, width)[np.newaxis], axis=axis)
        flat = np.asarray(normalized, dtype=np.float32).reshape(-1)
        indices = sorted({0, 1, width - 1, width, flat.size // 2, flat.size // 3, flat.size - 2, flat.size - 1})
        figures = ", ".join(f"{i}: {np.format_float_positional(flat[i], trim='0')}" for i in indices)
        print("        KerasNormalization(")
        print(f"            height: {height}, width: {width}, axis: {axis},")
        print(f"            figures: [{figures}]),")
    print("    ]")
    print("}")


if __name__ == "__main__":
    main()
