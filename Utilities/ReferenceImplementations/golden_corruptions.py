"""Corrupted digits, by numpy, scipy and scikit-image.

    python3 golden_corruptions.py OUTPUT_FILE                           golden images
    python3 golden_corruptions.py --compare DATA FOLDER [--count N]     bytes of `digits data corrupt FOLDER`
    python3 golden_corruptions.py --accuracy DATA FOLDER [--count N]    numpy's random numbers: files for `digits evaluate`

Versions: Python 3.11 and requirements-corruptions.txt.

Written from the description of MNIST-C (N. Mu, J. Gilmer, 2019, arXiv:1906.02337). Where scipy or scikit-image has an
operation (Gaussian, Sobel, warp, Canny edges), theirs is used, in float64. Random numbers are those of the package, so that
bytes compare: Philox 4x32-10, keyed by seed 0, purpose 5, the image's place and the corruption's number. `--accuracy` takes
numpy's instead, and its distributions: Poisson, normal.

OUTPUT_FILE is Tests/AssessmentTests/Golden/corruptions.json of this package: images and results as hexadecimal digits.
"""

import argparse
import json
import math
import pathlib

import numpy as np
from PIL import Image, ImageDraw
from scipy import ndimage
from skimage import feature, filters, transform

SIDE = 28
PURPOSE = 5  # CounterBasedRandom.Purpose.corruption


class Philox:
    """J. K. Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", 2011: the words of one stream."""

    def __init__(self, place, stream, words=70_000):
        blocks = (words + 3) // 4
        mask = np.uint64(0xFFFFFFFF)
        counter = [
            np.arange(blocks, dtype=np.uint64),
            np.full(blocks, place >> 24 & 0xFFFFFFFF, np.uint64),
            np.full(blocks, stream, np.uint64),
            np.full(blocks, PURPOSE << 24 | place & 0xFFFFFF, np.uint64),
        ]
        key = [0, 0]
        for _ in range(10):
            a = counter[0] * np.uint64(0xD2511F53)
            b = counter[2] * np.uint64(0xCD9E8D57)
            counter = [
                (b >> np.uint64(32)) ^ counter[1] ^ np.uint64(key[0]), b & mask,
                (a >> np.uint64(32)) ^ counter[3] ^ np.uint64(key[1]), a & mask,
            ]
            key = [(key[0] + 0x9E3779B9) & 0xFFFFFFFF, (key[1] + 0xBB67AE85) & 0xFFFFFFFF]
        self.words = np.stack(counter, 1).ravel()
        self.position = 0

    def take(self, count):
        self.position += count
        assert self.position <= len(self.words)
        return self.words[self.position - count:self.position]

    def word(self):
        return int(self.take(1)[0])

    def uniform(self, count):
        return (self.take(count) >> np.uint64(8)).astype(np.float64) * 2.0**-24

    def index(self, count):
        return self.word() * count >> 32

    def sign(self):
        return 1 if self.word() & 1 == 0 else -1

    def normal(self, count):
        return (self.uniform(4 * count).reshape(count, 4).sum(1) - 2) * math.sqrt(3)

    def photons(self, x, mean):
        """Poisson(mean · x) as Poisson(mean) photons, of which each gets through with the chance x."""
        received = np.zeros(x.size)
        for pixel, share in enumerate(x.ravel()):
            rest, chance, sent = self.uniform(1)[0], math.exp(-mean), 0
            while rest >= chance and chance > 1e-40:
                rest, sent = rest - chance, sent + 1
                chance *= mean / sent
                received[pixel] += self.uniform(1)[0] < share
        return received.reshape(x.shape)


class Numpy:
    """The same questions, answered by numpy's generator and its distributions."""

    def __init__(self, place, stream):
        self.random = np.random.default_rng([place, stream])

    def word(self):
        return int(self.random.integers(1 << 32))

    def uniform(self, count):
        return self.random.random(count)

    def index(self, count):
        return int(self.random.integers(count))

    def sign(self):
        return int(self.random.choice([-1, 1]))

    def normal(self, count):
        return self.random.normal(size=count)

    def photons(self, x, mean):
        return self.random.poisson(x * mean)


def shot_noise(x, random):
    return random.photons(x, 3) / 3


def impulse_noise(x, random):
    chance = random.uniform(x.size).reshape(x.shape)
    return np.where(chance < 0.085, 1, np.where(chance < 0.17, 0, x))


def glass_blur(x, random):
    x = filters.gaussian(x, sigma=0.7, mode="nearest")
    for _ in range(2):
        for row in range(SIDE - 1, 1, -1):
            for column in range(SIDE - 1, 1, -1):
                bits = random.word()
                if bits & 1:
                    other = row - (bits >> 1 & 1), column - (bits >> 2 & 1)
                    x[row, column], x[other] = x[other], x[row, column]
    return filters.gaussian(x, sigma=0.7, mode="nearest")


def motion_blur(x, random):
    angle = math.radians(90 * random.uniform(1)[0] - 45)
    weights = np.exp(-np.arange(21.0)**2 / 18)
    # The line as a kernel of nearest pixels.
    kernel = np.zeros((41, 41))
    for step, weight in enumerate(weights / weights.sum()):
        down, right = (math.ceil(step * part - 0.5) for part in (math.sin(angle), math.cos(angle)))
        kernel[20 + down, 20 + right] += weight
    return ndimage.correlate(x, kernel, mode="nearest")


def warped(x, matrix, shift=(0, 0)):
    """Reads x at matrix · (column, row), both from the centre, and a shift; nothing beyond the edges."""
    center = np.full(2, (SIDE - 1) / 2)
    offset = center - matrix @ center + shift
    full = np.vstack([np.column_stack([matrix, offset]), [0, 0, 1]])
    return transform.warp(x, transform.AffineTransform(matrix=full), order=1, mode="constant", cval=0)


def shear(x, random):
    # As scikit-image 0.15, which made the published set.
    angle = 0.4 * random.sign()
    return warped(x, np.array([[1, math.sin(angle)], [0, math.cos(angle)]]))


def scale(x, random):
    return warped(x, np.eye(2) / 0.7)


def rotate(x, random):
    angle = 0.4 * random.sign()
    return warped(x, np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]))


def brightness(x, random):
    return x + 0.5


def translate(x, random):
    return warped(x, np.eye(2), (-3 * random.sign(), -3 * random.sign()))


def stripe(x, random):
    return np.hstack([1 - x[:, :7], x[:, 7:21], 1 - x[:, 21:]])


def plasma(random, size=256, roughness=100, decay=1.4):
    """Diamond-square on a torus."""
    heights = np.zeros((size, size))
    step = size
    while step > 1:
        half = step // 2
        for row, column, around in [
            (half, half, [(-1, -1), (-1, 1), (1, -1), (1, 1)]),
            (0, half, [(-1, 0), (1, 0), (0, -1), (0, 1)]),
            (half, 0, [(-1, 0), (1, 0), (0, -1), (0, 1)]),
        ]:
            rows, columns = np.meshgrid(np.arange(row, size, step), np.arange(column, size, step), indexing="ij")
            mean = sum(heights[(rows + a * half) % size, (columns + b * half) % size] for a, b in around) / 4
            heights[rows, columns] = mean + roughness**2 * (2 * random.uniform(rows.size).reshape(rows.shape) - 1)
        step, roughness = half, roughness / decay
    heights -= heights.min()
    return heights / heights.max()


def fog(x, random):
    return (x + 3 * plasma(random)[:SIDE, :SIDE]) * x.max() / (x.max() + 3)


def spatter(x, random):
    liquid = filters.gaussian(0.65 + 0.3 * random.normal(x.size).reshape(x.shape), sigma=1, mode="nearest")
    drops = filters.gaussian((liquid > 0.65).astype(float), sigma=1.5, mode="nearest")
    drops[drops < 0.8] = 0
    return x * (1 - drops) + 63 / 255 * drops


def line(start, end):
    """The ink of a line between two (column, row), of those columns that it crosses."""
    rows, columns = np.mgrid[:SIDE, :SIDE]
    slope = (end[1] - start[1]) / (end[0] - start[0])
    distance = abs(rows - start[1] - slope * (columns - start[0]))
    ink = np.clip(np.log(1 - np.minimum(distance, 2.3 - 1e-10) / 2.3) + 1, 0, 1)
    return np.where((columns >= math.floor(start[0])) & (columns < math.ceil(end[0])), ink, 0)


def dotted_line(x, random):
    ink = line((0, random.index(27)), (27, random.index(27)))
    return np.clip(x + np.where(np.arange(SIDE) // 2 % 2 == 1, ink, 0), 0, 1)


def zigzag(x, random):
    row, fall = random.index(27), random.index(10) - 5
    length = math.hypot(23, fall)
    along = complex(23, fall) / length
    corners = [0j] + [complex(2 + 4 * i, (-1)**i * 2) for i in range(int((length - 2) // 4) + 1)]
    rest = length - length // 4 * 4
    if rest > 0:
        corners.append(complex(length, corners[-1].imag / (2 * rest)))
    places = [complex(2, row) + corner * along for corner in corners]
    for start, end in zip(places, places[1:]):
        x = np.clip(x + line((start.real, start.imag), (end.real, end.imag)), 0, 1)
    return x


def canny_edges(x, random):
    return feature.canny(x).astype(float)


CORRUPTIONS = [
    shot_noise, impulse_noise, glass_blur, motion_blur, shear, scale, rotate, brightness, translate, stripe, fog, spatter,
    dotted_line, zigzag, canny_edges,
]


def corrupted(pixels, place, number, source=Philox):
    """Bytes of an image under the corruption of a number, from 1 on."""
    result = CORRUPTIONS[number - 1](pixels / 255, source(place, number))
    # Halves are rounded up, as 127.5 of brightness is, whatever float64 makes of them.
    return np.floor(np.clip(result, 0, 1) * 255 + 0.5 + 1e-9).astype(np.uint8)


def drawings():
    """A seven, a ring, noise, and nothing."""
    seven = Image.new("L", (112, 112))
    ImageDraw.Draw(seven).line([(28, 30), (80, 26), (60, 60), (44, 92)], fill=255, width=11, joint="curve")
    ring = Image.new("L", (112, 112))
    ImageDraw.Draw(ring).ellipse([(36, 20), (78, 90)], outline=255, width=10)
    small = [np.array(image.resize((SIDE, SIDE), Image.Resampling.BOX)) for image in (seven, ring)]
    noise = np.random.default_rng(3).integers(0, 256, (SIDE, SIDE))
    return small + [noise.astype(np.uint8), np.zeros((SIDE, SIDE), np.uint8)]


def write_golden(output):
    images = [
        {
            "place": place, "pixels": pixels.tobytes().hex(),
            "results": {
                function.__name__: corrupted(pixels, place, number).tobytes().hex()
                for number, function in enumerate(CORRUPTIONS, 1)
            },
        }
        for place, pixels in zip([0, 1, 9_999, 20_000_000], drawings())
    ]
    pathlib.Path(output).write_text(json.dumps({"images": images}, indent=0) + "\n")


def mnist(folder, count):
    folder = pathlib.Path(folder)
    images = np.fromfile(folder / "t10k-images-idx3-ubyte", np.uint8)[16:].reshape(-1, SIDE, SIDE)
    labels = np.fromfile(folder / "t10k-labels-idx1-ubyte", np.uint8)[8:]
    return images[:count], labels[:count]


def compare(data, folder, count):
    images, labels = mnist(data, count)
    for number, function in enumerate(CORRUPTIONS, 1):
        ours = np.stack([
            np.array(Image.open(pathlib.Path(folder) / function.__name__ / str(label) / f"{place:05}.png"))
            for place, label in enumerate(labels)
        ]).astype(int)
        theirs = np.stack([corrupted(pixels, place, number) for place, pixels in enumerate(images)]).astype(int)
        difference = abs(ours - theirs)
        print(
            f"{function.__name__}: {(difference > 0).sum()} of {difference.size} pixels differ, in "
            f"{(difference > 0).any((1, 2)).sum()} images, by {difference.max()} at most", flush=True)


def write_accuracy(data, folder, count):
    images, labels = mnist(data, count)
    for number, function in enumerate(CORRUPTIONS, 1):
        result = np.stack([corrupted(pixels, place, number, Numpy) for place, pixels in enumerate(images)])
        target = pathlib.Path(folder) / function.__name__
        for place, (pixels, label) in enumerate(zip(result, labels)):
            (target / str(label)).mkdir(parents=True, exist_ok=True)
            Image.fromarray(pixels).save(target / str(label) / f"{place:05}.png")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--accuracy", action="store_true")
    parser.add_argument("--count", type=int, default=2000)
    arguments = parser.parse_args()
    if arguments.compare:
        compare(*arguments.paths, arguments.count)
    elif arguments.accuracy:
        write_accuracy(*arguments.paths, arguments.count)
    else:
        write_golden(*arguments.paths)


if __name__ == "__main__":
    main()
