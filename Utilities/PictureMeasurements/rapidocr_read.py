"""Reads pictures with RapidOCR's recogniser, as digits: `rapidocr_read.py FOLDER > answers.csv`.

Letters that look like digits count as these, everything else is dropped. `--pages` uses its detector, too, and prints a row for each
character: file, digit, column and row of its middle.
"""

import csv
import pathlib
import sys

import cv2
from rapidocr import RapidOCR

LOOK_ALIKE = str.maketrans("OoQDlI|iZzSsBbGqgT", "000011112255886997")


def digits(text):
    return "".join(c for c in text.translate(LOOK_ALIKE) if c in "0123456789")


def main():
    pages = "--pages" in sys.argv
    folder = pathlib.Path(sys.argv[1])
    engine = RapidOCR(params={"Global.log_level": "error"})
    output = csv.writer(sys.stdout)
    output.writerow(["file", "digit", "x", "y"] if pages else ["file", "text"])
    for path in sorted(folder.iterdir()):
        if path.suffix not in (".png", ".jpg"):
            continue
        image = cv2.imread(str(path))
        if not pages:
            result = engine(image, use_det=False, use_cls=False, use_rec=True)
            output.writerow([path.name, digits("".join(result.txts or []))])
            continue
        result = engine(image)
        for box, text in zip(result.boxes if result.boxes is not None else [], result.txts or []):
            read = digits(text)
            (left, top), (right, bottom) = box.min(axis=0), box.max(axis=0)
            for index, digit in enumerate(read):
                x = left + (right - left) * (index + 0.5) / len(read)
                output.writerow([path.name, digit, round(float(x)), round(float(top + bottom) / 2)])


main()
