"""Small image files and their pixels: python3 golden_pictures.py OUTPUT_FILE

Versions: Python 3.11, Pillow 13.0.0, pillow-heif 1.8.1, tifffile 2026.3.3, numpy 2.4.6 (requirements-pictures.txt).

OUTPUT_FILE is Tests/ImagingTests/Golden/pictures.json of this package. Each case has the bytes of a file and the pixels that
Pillow reads from it, laid on white, or, of what Pillow cannot write, those that were written. `upright` is what Pillow's
exif_transpose makes of them.
"""

import argparse
import base64
import io
import json
import pathlib
import struct
import zlib

import numpy as np
import pillow_heif
import tifffile
from PIL import Image, ImageOps

pillow_heif.register_heif_opener()
HEIGHT, WIDTH = 13, 18
rows, columns = np.mgrid[:HEIGHT, :WIDTH]
# Smooth, so that losses are small, with a dark stroke.
GREY = np.clip(90 + 9 * rows + 3 * columns - 150 * (np.abs(columns - rows) < 2), 0, 255).astype(np.uint8)
RGB = np.stack([GREY, np.clip(GREY.astype(int) + 4 * rows - 20, 0, 255), 255 - GREY // 2], axis=2).astype(np.uint8)
ALPHA = np.clip(255 - 25 * np.abs(columns - 9), 0, 255).astype(np.uint8)
BITS = (GREY > 110).astype(np.uint8)
GREY16 = (GREY.astype(np.uint16) * 257 + 7 * columns.astype(np.uint16) % 200)
RGB16 = np.stack([GREY16, np.flipud(GREY16), np.fliplr(GREY16)], axis=2)
RGBA = np.dstack([RGB, ALPHA])
cases = []


def on_white(pixels):
    """Grey or colours of what may have alpha, as Pillow lays it on white."""
    if pixels.ndim == 2 or pixels.shape[2] == 3:
        return pixels
    is_grey = pixels.shape[2] == 2
    image = Image.fromarray(np.dstack([pixels[..., :1]] * 3 + [pixels[..., 1:]]) if is_grey else pixels, "RGBA")
    white = Image.new("RGBA", image.size, "white")
    colors = np.asarray(Image.alpha_composite(white, image).convert("RGB"))
    return colors[..., 0] if is_grey else colors


def add(name, data, pixels, tolerance=0, **more):
    pixels = on_white(np.asarray(pixels, dtype=np.uint8))
    cases.append({
        "name": name, "file": base64.b64encode(data).decode(), "height": pixels.shape[0], "width": pixels.shape[1],
        "channels": 1 if pixels.ndim == 2 else 3, "pixels": base64.b64encode(pixels.tobytes()).decode(),
        "tolerance": tolerance, **more,
    })


def saved(image, form, **options):
    file = io.BytesIO()
    if isinstance(image, np.ndarray):
        image = Image.fromarray(image)
    image.save(file, form, **options)
    return file.getvalue()


def read(data, mode):
    return np.asarray(Image.open(io.BytesIO(data)).convert(mode))


def exif(orientation):
    data = Image.Exif()
    # Other entries before and after.
    data[0x010F] = "Maker"
    data[0x0112] = orientation
    data[0x0131] = "Program"
    return data


def png_file(pixels, bit_depth, color_type, interlaced=False, chunks=()):
    """A PNG file of what Pillow does not write: 16 bits of a colour, and interlaced ones. `[height][width][channels]`."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    raw = b""
    for top, left, down, right in passes if interlaced else [(0, 0, 1, 1)]:
        part = pixels[top::down, left::right]
        if part.size:
            for row in part:
                data = row.astype(">u2" if bit_depth == 16 else np.uint8).tobytes()
                if bit_depth == 1:
                    data = np.packbits(row).tobytes()
                raw += b"\0" + data
    header = struct.pack(">IIBBBBB", pixels.shape[1], pixels.shape[0], bit_depth, color_type, 0, 0, int(interlaced))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(chunk(*c) for c in chunks) + chunk(
        b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


def add_png():
    for bits in (2, 4):
        palette = Image.fromarray(GREY // (256 >> bits), "P")
        palette.putpalette([7 * index % 256 for index in range(3 * (1 << bits))])
        data = saved(palette, "PNG", bits=bits)
        add(f"png-palette-{bits}", data, read(data, "RGB"))
    add("png-bits", saved(Image.fromarray(BITS * 255).convert("1"), "PNG"), BITS * 255)
    add("png-grey", saved(GREY, "PNG"), GREY)
    add("png-grey-16", saved(GREY16, "PNG"), np.round(GREY16 / 257))
    add("png-grey-alpha", saved(np.dstack([GREY, ALPHA]), "PNG"), np.dstack([GREY, ALPHA]))
    data = saved(GREY, "PNG", transparency=int(GREY[0, 0]))
    add("png-grey-key", data, np.where(GREY == GREY[0, 0], 255, GREY))
    add("png-rgb", saved(RGB, "PNG"), RGB)
    add("png-rgb-16", png_file(RGB16, 16, 2), np.round(RGB16 / 257))
    add("png-rgb-interlaced", png_file(RGB, 8, 2, interlaced=True), RGB)
    add("png-rgb-16-interlaced", png_file(RGB16, 16, 2, interlaced=True), np.round(RGB16 / 257))
    add("png-bits-interlaced", png_file(BITS, 1, 0, interlaced=True), BITS * 255)
    key = tuple(int(value) for value in RGB[3, 3])
    data = saved(RGB, "PNG", transparency=key)
    add("png-rgb-key", data, np.where((RGB == key).all(axis=2, keepdims=True), 255, RGB))
    add("png-rgba", saved(RGBA, "PNG"), RGBA)
    palette = Image.fromarray(RGB).quantize(16)
    data = saved(palette, "PNG", transparency=bytes([0, 100, 200, 255]))
    add("png-palette-alpha", data, read(data, "RGBA"))
    one = np.array([[[3, 200, 90]]], np.uint8)
    add("png-one-pixel", saved(one, "PNG"), one)
    # Ink that is told by its transparency alone.
    for name, ink in (("black", 0), ("white", 255), ("cream", 240)):
        opacity = np.where(np.abs(columns - rows) < 2, 255, np.where(np.abs(columns - rows) < 3, 120, 0))
        pixels = np.dstack([np.full_like(GREY, ink)] * 3 + [opacity.astype(np.uint8)])
        if ink == 0:
            add("png-ink-black", saved(pixels, "PNG"), pixels)
        else:
            add(f"png-ink-{name}", saved(pixels, "PNG"), 255 - opacity)
    add("png-exif", saved(GREY, "PNG", exif=exif(6)), GREY, orientation=6, **upright(GREY, 6))


def upright(pixels, orientation):
    image = Image.fromarray(pixels)
    image.getexif()[0x0112] = orientation
    turned = np.asarray(ImageOps.exif_transpose(image))
    return {"upright": base64.b64encode(turned.tobytes()).decode(), "upright_height": turned.shape[0]}


def add_jpeg():
    for name, pixels, options in (
        ("grey", GREY, {}), ("rgb", RGB, {}), ("rgb-444", RGB, {"subsampling": 0}), ("rgb-422", RGB, {"subsampling": 1}),
        ("progressive", RGB, {"progressive": True}), ("restarts", RGB, {"restart_marker_rows": 1}),
    ):
        data = saved(pixels, "JPEG", quality=90, **options)
        add(f"jpeg-{name}", data, read(data, "L" if pixels.ndim == 2 else "RGB"), tolerance=2)
    data = saved(Image.fromarray(RGB).convert("CMYK"), "JPEG", quality=95)
    add("jpeg-cmyk", data, read(data, "RGB"), tolerance=2)
    for orientation in range(1, 9):
        data = saved(RGB, "JPEG", quality=90, exif=exif(orientation))
        pixels = read(data, "RGB")
        add(f"jpeg-orientation-{orientation}", data, pixels, tolerance=2, orientation=orientation,
            **upright(pixels, orientation))


def add_webp():
    add("webp-lossless", saved(RGB, "WEBP", lossless=True), RGB)
    add("webp-lossless-alpha", saved(RGBA, "WEBP", lossless=True, exact=True), RGBA)
    for name, pixels, mode in (("lossy", RGB, "RGB"), ("lossy-alpha", RGBA, "RGBA")):
        data = saved(pixels, "WEBP", quality=90)
        add(f"webp-{name}", data, read(data, mode), tolerance=1)
    add("webp-exif", saved(RGB, "WEBP", lossless=True, exif=exif(8)), RGB, orientation=8, **upright(RGB, 8))
    frames = [Image.fromarray(pixels) for pixels in (RGB, 255 - RGB)]
    add("webp-animated", saved(frames[0], "WEBP", lossless=True, save_all=True, append_images=frames[1:]), RGB)
    frames = [Image.fromarray(pixels) for pixels in (RGBA, RGBA[::-1].copy())]
    data = saved(frames[0], "WEBP", quality=90, save_all=True, append_images=frames[1:])
    add("webp-animated-alpha", data, read(data, "RGBA"), tolerance=1)


def tiff_file(pixels, **options):
    file = io.BytesIO()
    tifffile.imwrite(file, pixels, metadata=None, **options)
    return file.getvalue()


def add_tiff():
    black_and_white = Image.fromarray(BITS * 255).convert("1")
    for compression in ("raw", "group4", "packbits"):
        add(f"tiff-bits-{compression}", saved(black_and_white, "TIFF", compression=compression), BITS * 255)
    for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate"):
        add(f"tiff-grey-{compression}", saved(GREY, "TIFF", compression=compression), GREY)
        add(f"tiff-rgb-{compression}", saved(RGB, "TIFF", compression=compression), RGB)
    add("tiff-white-is-0", tiff_file(255 - GREY, photometric="miniswhite"), GREY)
    # libtiff drops the lower byte.
    add("tiff-grey-16", saved(GREY16, "TIFF"), np.round(GREY16 / 257), tolerance=1)
    add("tiff-rgb-16", tiff_file(RGB16, photometric="rgb", byteorder=">"), np.round(RGB16 / 257), tolerance=1)
    add("tiff-rgb-planes", tiff_file(np.ascontiguousarray(RGB.transpose(2, 0, 1)), photometric="rgb",
                                     planarconfig="separate"), RGB)
    add("tiff-rgb-tiles", tiff_file(RGB, photometric="rgb", tile=(16, 16)), RGB)
    add("tiff-big", tiff_file(RGB, photometric="rgb", bigtiff=True), RGB)
    # Colours are multiplied with alpha before they are laid on white, and rounded in between.
    add("tiff-rgba", saved(RGBA, "TIFF"), RGBA, tolerance=1)
    add("tiff-grey-alpha", saved(np.dstack([GREY, ALPHA]), "TIFF"), np.dstack([GREY, ALPHA]), tolerance=1)
    palette = Image.fromarray(RGB).quantize(16)
    data = saved(palette, "TIFF")
    add("tiff-palette", data, read(data, "RGB"))
    data = saved(Image.fromarray(RGB).convert("CMYK"), "TIFF")
    add("tiff-cmyk", data, read(data, "RGB"), tolerance=2)
    data = saved(RGB, "TIFF", compression="jpeg", quality=90)
    add("tiff-jpeg", data, read(data, "RGB"), tolerance=2)
    pages = [Image.fromarray(pixels) for pixels in (RGB, GREY, BITS * 255)]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    for page, pixels in enumerate((RGB, GREY, BITS * 255)):
        add(f"tiff-page-{page}", data, pixels, page=page, page_count=3)
    for orientation in range(1, 9):
        for name, pixels in (("grey", GREY), ("rgb", RGB)):
            data = saved(pixels, "TIFF", tiffinfo={274: orientation}, compression="tiff_lzw")
            add(f"tiff-{name}-orientation-{orientation}", data, pixels, orientation=orientation,
                **upright(pixels, orientation))


def bmp_file(rows, width, height, bits, palette=b"", compression=0, masks=b"", header=40):
    """A bitmap; rows of bytes from below, each padded already."""
    body = b"".join(rows)
    if header == 12:
        information = struct.pack("<IHHHH", 12, width, height, 1, bits)
    else:
        information = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, compression, len(body), 2835, 2835, 0, 0)
    offset = 14 + len(information) + len(masks) + len(palette)
    return b"BM" + struct.pack("<IHHI", offset + len(body), 0, 0, offset) + information + masks + palette + body


def padded(row):
    return bytes(row) + b"\0" * (-len(row) % 4)


def add_bmp():
    add("bmp-bits", saved(Image.fromarray(BITS * 255).convert("1"), "BMP"), BITS * 255)
    add("bmp-grey", saved(GREY, "BMP"), GREY)
    add("bmp-rgb", saved(RGB, "BMP"), RGB)
    data = saved(RGBA, "BMP")
    # Without a mask for it, the fourth byte has no meaning.
    add("bmp-rgba", data, read(data, "RGB"))
    masks = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    data = bmp_file([row[:, [2, 1, 0, 3]].tobytes() for row in RGBA[::-1]], WIDTH, HEIGHT, 32, b"", 6, masks)
    add("bmp-rgba-masks", data, RGBA)
    palette = Image.fromarray(RGB).quantize(16)
    indices = np.asarray(palette)
    colors = np.array(palette.getpalette(), np.uint8).reshape(-1, 3)
    quads = b"".join(bytes([blue, green, red, 0]) for red, green, blue in colors)
    triples = b"".join(bytes([blue, green, red]) for red, green, blue in colors)
    pixels = colors[indices]
    nibbles = [padded([row[i] << 4 | row[i + 1] for i in range(0, WIDTH, 2)]) for row in indices[::-1]]
    add("bmp-palette-4", bmp_file(nibbles, WIDTH, HEIGHT, 4, quads), pixels)
    add("bmp-os2", bmp_file(nibbles, WIDTH, HEIGHT, 4, triples, header=12), pixels)
    add("bmp-top-down", bmp_file(nibbles[::-1], WIDTH, -HEIGHT, 4, quads), pixels)
    # Literals, runs, a jump over two pixels, ends of rows and of the image.
    rows = []
    for row in indices[::-1]:
        rows.append(bytes([0, 9, *row[:9], 0]) + b"".join(bytes([1, index]) for index in row[9:]) + b"\0\0")
    add("bmp-run-lengths-8", bmp_file(rows + [b"\0\1"], WIDTH, HEIGHT, 8, quads, 1), pixels)
    jump = indices.copy()
    jump[5, 2:4] = 0
    rows = []
    for number, row in enumerate(indices[::-1]):
        start = [2, row[0] << 4 | row[1]]
        middle = [0, 2, 2, 0] if HEIGHT - 1 - number == 5 else [2, row[2] << 4 | row[3]]
        literals = [0, 14] + [row[i] << 4 | row[i + 1] for i in range(4, WIDTH, 2)] + [0]
        rows.append(bytes(start + middle + literals) + b"\0\0")
    add("bmp-run-lengths-4", bmp_file(rows + [b"\0\1"], WIDTH, HEIGHT, 4, quads, 2), colors[jump])
    parts = RGB.astype(int) * np.array([31, 63, 31]) // 255
    words = (parts[..., 0] << 11 | parts[..., 1] << 5 | parts[..., 2]).astype("<u2")
    masks = struct.pack("<III", 0xF800, 0x07E0, 0x001F)
    add("bmp-565", bmp_file([padded(row.tobytes()) for row in words[::-1]], WIDTH, HEIGHT, 16, b"", 3, masks),
        np.round(parts * 255 / np.array([31, 63, 31])))
    parts = RGB.astype(int) * 31 // 255
    words = (parts[..., 0] << 10 | parts[..., 1] << 5 | parts[..., 2]).astype("<u2")
    add("bmp-555", bmp_file([padded(row.tobytes()) for row in words[::-1]], WIDTH, HEIGHT, 16), np.round(parts * 255 / 31))


def add_gif():
    palette = Image.fromarray(RGB).quantize(64)
    pixels = np.asarray(palette.convert("RGB"))
    add("gif", saved(palette, "GIF", interlace=0), pixels)
    add("gif-interlaced", saved(palette, "GIF", interlace=1), pixels)
    add("gif-bits", saved(Image.fromarray(BITS * 255).convert("1"), "GIF"), np.dstack([BITS * 255] * 3))
    data = saved(palette, "GIF", transparency=5)
    add("gif-transparent", data, read(data, "RGBA"))
    frames = [palette, Image.fromarray(255 - RGB).quantize(32)]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    add("gif-animated", data, pixels)
    # A larger picture fills the table of codes and clears it.
    random = np.random.default_rng(4)
    noise = Image.fromarray(random.integers(0, 256, (100, 90), dtype=np.uint8), "L")
    add("gif-noise", saved(noise, "GIF"), np.dstack([np.asarray(noise)] * 3))
    # The screen is larger than its frame.
    data = bytearray(saved(palette, "GIF", interlace=0))
    struct.pack_into("<HH", data, 6, WIDTH + 5, HEIGHT + 3)
    place = data.index(b"\x2c\0\0\0\0" + struct.pack("<HH", WIDTH, HEIGHT))
    struct.pack_into("<HH", data, place + 1, 4, 2)
    screen = np.full((HEIGHT + 3, WIDTH + 5, 3), 255, np.uint8)
    screen[2:2 + HEIGHT, 4:4 + WIDTH] = pixels
    add("gif-screen", bytes(data), screen)


def add_pnm():
    def text(pixels):
        return "\n".join(" ".join(map(str, row)) for row in pixels.reshape(pixels.shape[0], -1)).encode() + b"\n"

    size = f"{WIDTH} {HEIGHT}\n".encode()
    add("pnm-1", b"P1\n# a comment\n" + size + "\n".join("".join(map(str, row)) for row in 1 - BITS).encode() + b"\n", BITS * 255)
    add("pnm-2", b"P2 " + size + b"255\n" + text(GREY), GREY)
    add("pnm-3", b"P3\n" + size + b"# one more\n255\n" + text(RGB), RGB)
    add("pnm-4", saved(Image.fromarray(BITS * 255).convert("1"), "PPM"), BITS * 255)
    add("pnm-5", saved(GREY, "PPM"), GREY)
    add("pnm-5-16", b"P5\n" + size + b"65535\n" + GREY16.astype(">u2").tobytes(), np.round(GREY16 / 257))
    few = GREY // 30
    add("pnm-5-of-9", b"P5\n" + size + b"9\n" + few.tobytes(), np.round(few.astype(int) * 255 / 9))
    add("pnm-6", saved(RGB, "PPM"), RGB)
    header = f"P7\nWIDTH {WIDTH}\nHEIGHT {HEIGHT}\n".encode()
    add("pnm-7-rgba", header + b"DEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n" + RGBA.tobytes(), RGBA)
    add("pnm-7-bits", header + b"DEPTH 1\nMAXVAL 1\nTUPLTYPE BLACKANDWHITE\nENDHDR\n" + BITS.tobytes(), BITS * 255)


def add_heic():
    # Larger: films come in blocks.
    pixels = np.asarray(Image.fromarray(RGB).resize((72, 64), Image.BICUBIC))
    data = saved(pixels, "HEIF", quality=90)
    add("heic", data, read(data, "RGB"), tolerance=4)
    data = saved(pixels, "HEIF", quality=90, exif=exif(6))
    # libheif has turned it.
    add("heic-turned", data, read(data, "RGB"), tolerance=4)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=pathlib.Path)
    output = parser.parse_args().output
    for add_format in (add_png, add_jpeg, add_webp, add_tiff, add_bmp, add_gif, add_pnm, add_heic):
        add_format()
    output.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
    print(f"{output}: {len(cases)} cases, {output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
