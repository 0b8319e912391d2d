#!/usr/bin/env python3
"""Asks the reference implementation of safetensors for its verdict on a set of files, good and bad.

Writes, into Tests/ModelFormatsTests/Fixtures:

* safetensors-cases.tsv: one file a line: name, verdict of the reference reader, the file's bytes in hexadecimal.
* safetensors-flips.txt: one file's bytes in hexadecimal, then the reference reader's verdict ('1' accepted,
  '0' refused) on it with each bit of its header and length turned in order (byte by byte, lowest bit first).
* safetensors-written-by-reference.safetensors: what the reference serialiser writes for a tensor of every type.

Run it in a virtual environment with the pinned version (Python 3.9 or later):

    pip install safetensors==0.8.0
    python3 Utilities/ReferenceImplementations/safetensors_conformance.py

With --check it writes nothing and exits with 1 if the files differ from what it would write.
"""

import argparse
import ctypes
import pathlib
import struct
import sys

import safetensors

PINNED = "0.8.0"
FIXTURES = pathlib.Path(__file__).parents[2] / "Tests" / "ModelFormatsTests" / "Fixtures"

# Type names of the reference serialiser's Python interface, and the bits of one element.
TYPES = {
    "bool": 8, "float4_e2m1fn_x2": 4, "uint8": 8, "int8": 8, "float8_e5m2": 8, "float8_e4m3fn": 8,
    "float8_e8m0fnu": 8, "float8_e4m3fnuz": 8, "float8_e5m2fnuz": 8, "int16": 16, "uint16": 16, "float16": 16,
    "bfloat16": 16, "int32": 32, "uint32": 32, "float32": 32, "complex64": 64, "float64": 64, "int64": 64,
    "uint64": 64,
}
NAMES = [
    "BOOL", "F4", "F6_E2M3", "F6_E3M2", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ",
    "I16", "U16", "F16", "BF16", "I32", "U32", "F32", "C64", "F64", "I64", "U64",
]


def file(header, data=b"", length=None):
    """A file of a header, its length (or a lie) and data."""
    header = header if isinstance(header, bytes) else header.encode()
    return struct.pack("<Q", len(header) if length is None else length) + header + data


def entry(dtype='"F32"', shape="[1]", offsets="[0,4]"):
    """The fields of a tensor's description, as JSON text."""
    return f'"dtype":{dtype},"shape":{shape},"data_offsets":{offsets}'


def one(fields, data=b"1234", name='"a"'):
    """A file with a single tensor."""
    return file("{%s:{%s}}" % (name, fields), data)


def two(first, second, data):
    """A file with the tensors a and b."""
    return file('{"a":{%s},"b":{%s}}' % (first, second), data)


def cases():
    e = entry()
    big = 2**64 - 1
    result = {
        # Accepted by everybody.
        "one tensor": one(e),
        "no tensor": file("{}"),
        "padding of spaces": file('{"a":{%s}}     ' % e, b"1234"),
        "padding of other white space": file('{"a":{%s}}\t\n\r ' % e, b"1234"),
        "white space everywhere": file('{ "a"\n:\t{ "dtype" : "F32" , "shape" : [ 1 ] , "data_offsets" : [ 0 , 4 ] } }', b"1234"),
        "metadata only": file('{"__metadata__":{"a":"b","":""}}'),
        "metadata empty": file('{"__metadata__":{}}'),
        "metadata null": file('{"__metadata__":null}'),
        "metadata last": file('{"a":{%s},"__metadata__":{"k":"v"}}' % e, b"1234"),
        "rank 0": one(entry(shape="[]")),
        "rank 9": one(entry(shape="[1,1,1,1,1,1,1,1,1]")),
        "empty tensor": one(entry(shape="[0]", offsets="[0,0]"), b""),
        "empty tensor of a large shape": one(entry(shape="[9223372036854775807,0]", offsets="[0,0]"), b""),
        "empty tensor with a zero before a large product": one(
            entry(shape="[0,9223372036854775807,2]", offsets="[0,0]"), b""),
        "empty tensor between others": file(
            '{"z":{%s},"a":{%s},"b":{%s}}' % (entry(shape="[0]", offsets="[4,4]"), e, entry(offsets="[4,8]")), b"12345678"),
        "entries in reverse order": two(entry(offsets="[4,8]"), e, b"12345678"),
        "empty name": one(e, name='""'),
        "name with escapes": one(e, name=r'"\"\\\/\b\f\n\r\t\u0000\u00e9\uD83D\uDE00"'),
        "name in other scripts": one(e, name='"Ziffer ä 数字 😀"'),
        "name with the delete character": one(e, name='"\x7f"'),
        "fields in another order": one('"data_offsets":[0,4],"shape":[1],"dtype":"F32"'),
        "field name with an escape": one('"\\u0064type":"F32","shape":[1],"data_offsets":[0,4]'),
        "unknown field": one(e + ',"x":[1,-2.5e-3,true,false,null,"\\n",{"y":{}},[]]'),
        "unknown field twice": one(e + ',"x":1,"x":2'),
        "unknown field with a large number": one(e + ',"x":123456789012345678901234567890'),
        "unknown field 125 deep": one(e + ',"x":' + "[" * 125 + "]" * 125),
        "4-bit elements": one(entry('"F4"', "[2]", "[0,1]"), b"1"),
        "6-bit elements": one(entry('"F6_E2M3"', "[4]", "[0,3]"), b"123"),
        # The length of the header.
        "empty file": b"",
        "7-byte file": b"\2\0\0\0\0\0\0",
        "length and nothing else": b"\0" * 8,
        "header over 100000000": file("{}", length=100_000_001),
        "header of 2^64-1": file("{}", length=big),
        "header past the end": file("{}", length=3),
        "header of 100000000 past the end": file("{}", length=100_000_000),
        "header shorter than its JSON": file("{} ", length=1),
        "header shorter than its padding": file("{} ", length=2),
        # The text of the header.
        "white space before the brace": file(' {"a":{%s}}' % e, b"1234"),
        "byte order mark": file(b'\xef\xbb\xbf{"a":{%s}}' % e.encode(), b"1234"),
        "header is an array": file("[]"),
        "header is null": file("null"),
        "not UTF-8": one(e).replace(b'"a"', b'"\xff"'),
        "UTF-8 of a surrogate": file(b'{"\xed\xa0\x80":{%s}}' % e.encode(), b"1234"),
        "overlong UTF-8": file(b'{"\xc0\xa1":{%s}}' % e.encode(), b"1234"),
        "truncated UTF-8": file(b'{"\xe2\x82":{%s}}' % e.encode(), b"1234"),
        "padding of NUL": file('{"a":{%s}}\0\0' % e, b"1234"),
        "trailing comma": file('{"a":{%s},}' % e, b"1234"),
        "missing comma": file('{"a":{%s} "b":{%s}}' % (e, entry(offsets="[4,8]")), b"12345678"),
        "missing colon": file('{"a"{%s}}' % e, b"1234"),
        "two values": file('{"a":{%s}}{}' % e, b"1234"),
        "comment": file('{"a":{%s}}//' % e, b"1234"),
        "name without quotes": file("{a:{%s}}" % e, b"1234"),
        "name in single quotes": file("{'a':{%s}}" % e, b"1234"),
        "missing brace": file('{"a":{%s}' % e, b"1234"),
        "missing bracket": one(entry(offsets="[0,4")),
        "unterminated string": file('{"a'),
        "unterminated escape": file('{"a\\'),
        "lone high surrogate": one(e, name=r'"\ud83d"'),
        "lone low surrogate": one(e, name=r'"\ude00"'),
        "two high surrogates": one(e, name=r'"\ud83d\ud83d"'),
        "high surrogate before a letter": one(e, name=r'"\ud83d\n"'),
        "unknown escape": one(e, name=r'"\x"'),
        "short unicode escape": one(e, name=r'"\u12"'),
        "signed unicode escape": one(e, name=r'"\u+123"'),
        "raw newline in a string": one(e, name='"a\nb"'),
        "raw NUL in a string": one(e, name='"a\0b"'),
        "nested 126 deep": one(e + ',"x":' + "[" * 126 + "]" * 126),
        # Names and metadata.
        "duplicated tensor name": file('{"a":{%s},"a":{%s}}' % (e, e), b"1234"),
        "duplicated tensor name with an escape": file('{"a":{%s},"\\u0061":{%s}}' % (e, e), b"1234"),
        "names that differ in normalisation": file(
            '{"\\u00e9":{%s},"e\\u0301":{%s}}' % (e, entry(offsets="[4,8]")), b"12345678"),
        "duplicated metadata": file('{"__metadata__":{},"__metadata__":{}}'),
        "duplicated metadata key": file('{"__metadata__":{"a":"1","a":"2"}}'),
        "metadata array": file('{"__metadata__":[]}'),
        "metadata string": file('{"__metadata__":"a"}'),
        "metadata number": file('{"__metadata__":{"a":1}}'),
        "metadata null value": file('{"__metadata__":{"a":null}}'),
        "metadata object value": file('{"__metadata__":{"a":{}}}'),
        # The fields of a tensor.
        "tensor null": file('{"a":null}'),
        "tensor array": file('{"a":["F32",[1],[0,4]]}', b"1234"),
        "tensor string": file('{"a":"F32"}'),
        "duplicated dtype": one(e + ',"dtype":"F32"'),
        "duplicated shape": one(e + ',"shape":[1]'),
        "duplicated offsets": one(e + ',"data_offsets":[0,4]'),
        "missing dtype": one('"shape":[1],"data_offsets":[0,4]'),
        "missing shape": one('"dtype":"F32","data_offsets":[0,4]'),
        "missing offsets": one('"dtype":"F32","shape":[1]'),
        "unknown type": one(entry('"Q4"')),
        "type in small letters": one(entry('"f32"')),
        "type is a number": one(entry("1")),
        "type is an object": one(entry('{"F32":null}')),
        "shape is a string": one(entry(shape='"1"')),
        "shape is a number": one(entry(shape="1")),
        "shape is null": one(entry(shape="null")),
        "shape holds a string": one(entry(shape='["1"]')),
        "shape holds an array": one(entry(shape="[[1]]")),
        "three offsets": one(entry(offsets="[0,4,4]")),
        "one offset": one(entry(offsets="[4]")),
        "no offsets": one(entry(offsets="[]")),
        "offsets are an object": one(entry(offsets='{"0":0,"1":4}')),
        # Numbers.
        "negative size": one(entry(shape="[-1]")),
        "negative offset": one(entry(offsets="[-4,0]")),
        "negative zero": one(entry(offsets="[-0,4]")),
        "fractional size": one(entry(shape="[1.5]")),
        "size with a zero fraction": one(entry(shape="[1.0]")),
        "size with an exponent": one(entry(shape="[1e0]")),
        "size of 2^64": one(entry(shape="[18446744073709551616]")),
        "size out of a double's range": one(entry(shape="[1e999]")),
        "leading zero": one(entry(shape="[01]")),
        "plus sign": one(entry(shape="[+1]")),
        "hexadecimal number": one(entry(shape="[0x1]")),
        "number ends in a point": one(entry(shape="[1.]")),
        "number begins with a point": one(entry(shape="[.5]")),
        "exponent without digits": one(entry(shape="[1e]")),
        "lone minus": one(entry(shape="[-]")),
        "infinity": one(entry(shape="[Infinity]")),
        "misspelt literal": one(e + ',"x":nul'),
        "unknown field out of a double's range": one(e + ',"x":1e999'),
        # Sizes and ranges.
        "size of 2^64-1": one(entry(shape=f"[{big}]")),
        "size of 2^64-1 in bytes": one(entry('"U8"', f"[{big}]", f"[0,{big}]")),
        "product of 2^64": one(entry(shape="[4294967296,4294967296]")),
        "product in bytes of 2^64": one(entry(shape="[4611686018427387904]", offsets="[0,0]"), b""),
        "product that overflows before a zero": one(entry(shape=f"[{big},2,0]", offsets="[0,0]"), b""),
        "empty tensor of a size over 2^63": one(entry(shape="[9223372036854775808,0]", offsets="[0,0]"), b""),
        "range shorter than the shape": one(entry(shape="[2]")),
        "range longer than the shape": one(entry(offsets="[0,8]"), b"12345678"),
        "range of an empty tensor not empty": one(entry(shape="[0]")),
        "begin after end": one(entry(offsets="[4,0]")),
        "hole at the start": one(entry(offsets="[4,8]"), b"12345678"),
        "hole between tensors": two(e, entry(offsets="[8,12]"), b"123456789012"),
        "overlap": two(e, entry(offsets="[2,6]"), b"123456"),
        "same range twice": two(e, e, b"1234"),
        "empty tensor inside another": two(e, entry(shape="[0]", offsets="[2,2]"), b"1234"),
        "trailing byte": one(e, b"12345"),
        "missing byte": one(e, b"123"),
        "no data": one(e, b""),
        "data without tensors": file("{}", b"1"),
        "offsets of 2^64-1": one(entry(offsets=f"[{big - 4},{big}]")),
        "half a byte": one(entry('"F4"', "[1]", "[0,1]"), b"1"),
    }
    for name in NAMES:
        result[f"type {name}"] = one(entry(f'"{name}"', "[8]", f"[0,{size(name)}]"), b"\1" * size(name))
    return result


def size(name):
    """Bytes of eight elements."""
    for prefix, bits in (("F4", 4), ("F6_", 6), ("F8_", 8), ("BOOL", 8)):
        if name.startswith(prefix):
            return bits
    return int("".join(c for c in name if c.isdigit()))


def accepted(contents):
    try:
        safetensors.deserialize(contents)
    except safetensors.SafetensorError:
        return False
    return True


def flips():
    """A file with two tensors and metadata, and the verdict on each turned bit of its header."""
    contents = file(
        '{"__metadata__":{"k":"v"},"first":{%s},"other":{%s}}' % (e_u8(2, 0), entry(shape="[1]", offsets="[2,6]")),
        b"123456")
    header_end = 8 + struct.unpack("<Q", contents[:8])[0]
    verdicts = []
    for index in range(header_end):
        for bit in range(8):
            turned = bytearray(contents)
            turned[index] ^= 1 << bit
            verdicts.append("1" if accepted(bytes(turned)) else "0")
    return contents, "".join(verdicts)


def e_u8(count, start):
    return entry('"U8"', f"[{count}]", f"[{start},{start + count}]")


def written():
    """What the reference serialiser writes: every type, awkward names, rank 0 and an empty tensor."""
    keep_alive = []

    def spec(dtype, shape, data):
        keep_alive.append(ctypes.create_string_buffer(data, max(len(data), 1)))
        address = ctypes.addressof(keep_alive[-1])
        return safetensors.TensorSpec(dtype=dtype, shape=shape, data_ptr=address, data_len=len(data))

    tensors = {}
    for index, (name, bits) in enumerate(TYPES.items()):
        data = bytes((index * 16 + i) % 256 for i in range(4 * bits // 8))
        # The Python interface counts 4-bit elements in pairs.
        tensors[f"t{index}"] = spec(name, [2, 1] if bits == 4 else [2, 2], data)
    tensors["scalar"] = spec("float32", [], struct.pack("<f", 1.5))
    tensors["empty"] = spec("float32", [0, 3], b"")
    tensors["Ä \"quoted\" \\ / \n\x01\x7f 😀"] = spec("int64", [1], struct.pack("<q", -2))
    # One key alone: the reference writes several in no particular order.
    return bytes(safetensors.serialize(tensors, {"settings": '{"name":"digits"}\b\f\r\t\x1f'}))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with the files instead of writing them")
    arguments = parser.parse_args()
    if safetensors.__version__ != PINNED:
        sys.exit(f"safetensors {PINNED} is needed, not {safetensors.__version__}: pip install safetensors=={PINNED}")

    lines = [
        f"{name}\t{'accepted' if accepted(contents) else 'refused'}\t{contents.hex()}\n"
        for name, contents in cases().items()
    ]
    contents, verdicts = flips()
    files = {
        "safetensors-cases.tsv": "".join(lines).encode(),
        "safetensors-flips.txt": f"{contents.hex()}\n{verdicts}\n".encode(),
        "safetensors-written-by-reference.safetensors": written(),
    }
    differing = []
    for name, contents in files.items():
        path = FIXTURES / name
        if not arguments.check:
            path.write_bytes(contents)
        elif not path.exists() or path.read_bytes() != contents:
            differing.append(name)
    if differing:
        sys.exit(f"These files differ from what the reference says: {', '.join(differing)}")


if __name__ == "__main__":
    main()
