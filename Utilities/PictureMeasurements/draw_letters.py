"""Draws letters that are no digits with handwriting fonts of Debian: `draw_letters.py FONTS OUTPUT`, a folder for each font.

FONTS is searched for the fonts of the packages fonts-humor-sans, fonts-ecolier-court, fonts-breip, fonts-femkeklaver, fonts-dancingscript,
fonts-rufscript, fonts-sjfonts and fonts-kristi, such as /usr/share/fonts. Needs Pillow.
"""

import pathlib
import random
import sys

from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = {
    "humor": "Humor-Sans", "ecolier": "Ecolier-court", "breip": "breip", "femke": "femke", "dancing": "Dancing",
    "ruf": "rufscript", "steve": "SteveHand", "delphine": "Delphine", "kristi": "Kristi",
}
LETTERS = "ACEFHKLMNPRTUVWXacdefhkmnprtuvwx"
COUNT = 160


def draw(letter, font):
    left, top, right, bottom = font.getbbox(letter)
    margin = int(max(right - left, bottom - top) * random.uniform(0.15, 0.6)) + 3
    paper, ink = random.randint(190, 255), random.randint(0, 90)
    image = Image.new("L", (right - left + 2 * margin, bottom - top + 2 * margin), paper)
    ImageDraw.Draw(image).text((margin - left, margin - top), letter, font=font, fill=ink)
    image = image.rotate(random.uniform(-8, 8), fillcolor=paper, resample=Image.BICUBIC)
    return image.filter(ImageFilter.GaussianBlur(random.uniform(0, 1)))


def main():
    random.seed(7)
    fonts, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    files = sorted(f for f in fonts.rglob("*") if f.suffix.lower() in (".ttf", ".otf"))
    for name, key in FONTS.items():
        file = next((f for f in files if key.lower() in f.name.lower()), None)
        if file is None:
            sys.exit(f"No font {key} is in {fonts}. Install the packages that this script names.")
        (output / name).mkdir(parents=True)
        for number in range(COUNT):
            font = ImageFont.truetype(str(file), random.randint(30, 90))
            draw(LETTERS[number % len(LETTERS)], font).save(output / name / f"{number:03d}.png")


main()
