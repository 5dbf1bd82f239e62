"""Ways to damage the bytes of a file, as mail gateways, disks and people do."""

from collections.abc import Callable
from random import Random

TOKENS = [b'"', b'""', b"'", b",", b";", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\x00", b"\\", b'\\"']
TOKENS += [b"\xff", b"\xfe\xff", b"\xc3", b"\xe9", b"\xef\xbb\xbf", b"\xf0\x9f", b" ", b"0", b"-"]
TOKENS += [b"<", b">", b"&", b"{", b"}", b"[", b"]", b"PK\x03\x04", b"sep=;\n", b"=1+1", b"\x1a"]


def flip(content: bytes, random: Random) -> bytes:
    """Change single bits."""
    changed = bytearray(content)
    for _ in range(random.randint(1, 8)):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def insert(content: bytes, random: Random) -> bytes:
    """Put signs that mean something to a parser anywhere."""
    for _ in range(random.randint(1, 6)):
        place = random.randint(0, len(content))
        content = (
            content[:place] + random.choice(TOKENS) * random.choice([1, 1, 2, 50]) + content[place:]
        )
    return content


def cut(content: bytes, random: Random) -> bytes:
    """Lose a piece, or everything behind a place."""
    start = random.randrange(len(content))
    end = random.choice([len(content), min(len(content), start + random.randint(1, 64))])
    return content[:start] + content[end:]


def repeat(content: bytes, random: Random) -> bytes:
    """Write a piece many times."""
    start = random.randrange(len(content))
    piece = content[start : start + random.randint(1, 200)]
    return content[:start] + piece * random.randint(2, 300) + content[start:]


def swap(content: bytes, random: Random) -> bytes:
    """Put one sign for another everywhere."""
    return content.replace(random.choice(TOKENS), random.choice(TOKENS))


def shuffle(content: bytes, random: Random) -> bytes:
    """Mix the lines."""
    lines = content.splitlines(keepends=True)
    random.shuffle(lines)
    return b"".join(lines)


MUTATIONS: list[Callable[[bytes, Random], bytes]] = [flip, insert, cut, repeat, swap, shuffle]


def mutated(content: bytes, random: Random) -> bytes:
    """Return a damaged copy of some bytes."""
    for _ in range(random.randint(1, 3)):
        if content:
            content = random.choice(MUTATIONS)(content, random)
    return content
