"""Golden values of warped pictures: python3 golden_warps.py OUTPUT_FILE

Versions: Python 3.11, scipy 1.17.1, numpy 2.4.6 (requirements-evaluation.txt).

OUTPUT_FILE is Tests/ImagingTests/Golden/warps.json of this package. Pixels of the sources are bytes; those of the
results are float64 before rounding, written with four decimals.
"""

import argparse
import json
import math
import pathlib

import numpy as np
from scipy import ndimage

# The settings that are not named are neutral.
WARPS = [
    {},
    {"rotation": 10},
    {"rotation": -33.3},
    {"rotation": 90},
    {"rotation": 180},
    {"horizontal_scale": 0.5},
    {"vertical_scale": 1.75},
    {"horizontal_scale": 1.3, "vertical_scale": 0.8},
    {"shear": 20},
    {"shear": -35},
    {"shift_right": 2},
    {"shift_down": -1},
    {"shift_right": 2.5, "shift_down": -1.25},
    {"shift_right": 100},
    {"rotation": 15, "horizontal_scale": 0.9, "vertical_scale": 1.2, "shear": -12, "shift_right": -1.5, "shift_down": 0.75},
]


def backward(warp):
    """From a place in the result to the place in the source, both (y, x) from the centre: matrix and offset."""
    angle = math.radians(warp.get("rotation", 0))
    # In (x, y) with y down, counter-clockwise as seen.
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    slant = np.array([[1, -math.tan(math.radians(warp.get("shear", 0)))], [0, 1]])
    scale = np.diag([warp.get("horizontal_scale", 1), warp.get("vertical_scale", 1)])
    inverse = np.linalg.inv(turn @ slant @ scale)
    shift = np.array([warp.get("shift_right", 0), warp.get("shift_down", 0)])
    return inverse[::-1, ::-1], (-inverse @ shift)[::-1]


def warped(pixels, warp):
    matrix, offset = backward(warp)
    center = (np.array(pixels.shape) - 1) / 2
    # grid-constant: beyond the edges every pixel is 0, also for the interpolation.
    return ndimage.affine_transform(
        pixels.astype(np.float64), matrix, offset=center + offset - matrix @ center, order=1, mode="grid-constant", cval=0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=pathlib.Path)
    output = parser.parse_args().output
    random = np.random.default_rng(5)
    cases = []
    for height, width in [(8, 8), (7, 10), (1, 5), (1, 1)]:
        pixels = random.integers(0, 256, (height, width))
        for warp in WARPS:
            result = np.round(warped(pixels, warp), 4) + 0.0
            cases.append({
                "height": height, "width": width, **warp, "pixels": pixels.ravel().tolist(),
                "result": result.ravel().tolist(),
            })
    output.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")


if __name__ == "__main__":
    main()
