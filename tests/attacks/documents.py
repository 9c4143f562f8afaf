"""Hostile documents: the known ones by name, and as many more as are asked for."""

import random
from collections.abc import Callable, Iterator

LARGEST = 16_000  # bytes of a document


def doubled(levels: int, end: str = "name") -> str:
    """Fragments of which each spreads the next one twice."""
    parts = ["query { viewer { ...F0 } }"]
    for level in range(levels):
        parts.append(f"fragment F{level} on Viewer {{ ...F{level + 1} ...F{level + 1} }}")
    return " ".join([*parts, f"fragment F{levels} on Viewer {{ {end} }}"])


def meshed(count: int, *, spread: bool = True) -> str:
    """Fragments that all spread all others, and themselves."""
    all_ = " ".join(f"...F{number}" for number in range(count))
    parts = [f"fragment F{number} on Viewer {{ {all_} name }}" for number in range(count)]
    return " ".join([f"query {{ viewer {{ {'...F0' if spread else 'name'} }} }}", *parts])


def chained(count: int, field: str = "name") -> str:
    parts = [f"fragment F{n} on Viewer {{ {field} ...F{n + 1} }}" for n in range(count)]
    return " ".join(
        ["query { viewer { ...F0 } }", *parts, f"fragment F{count} on Viewer {{ name }}"]
    )


def viewer(selected: str) -> str:
    return f"query {{ viewer {{ {selected} }} }}"


def filtered(value: str) -> str:
    return f"query {{ members(first: 1, filter: {value}) {{ totalCount }} }}"


def nested(levels: int, field: str = "parent") -> str:
    return (
        "query { organization(id: 1) " + f"{{ {field} " * levels + "{ id }" + " }" * levels + " }"
    )


CIRCLES = "{ __schema { types " + "{ fields { type " * 20 + "{ name }" + " } }" * 20 + " } }"

# By name; refused each, over every door, for a document of its own kind.
KNOWN: dict[str, str] = {
    "fragments doubled": doubled(20),
    "fragments doubled, nobody spreads them": doubled(30).replace("...F0 }", "name }", 1),
    "fragments doubled over nothing": doubled(30, "...Nowhere"),
    "fragments in circles": meshed(20),
    "fragments in circles, nobody spreads them": meshed(8, spread=False),
    "a long chain of fragments": chained(100),
    "one field very often": viewer("name " * 400),
    "one object very often": viewer("roles { role } " * 120),
    "many aliases": viewer(" ".join(f"a{number}: name" for number in range(40))),
    "many root fields": "query { " + "viewer { name } " * 20 + "}",
    "many directives": "query { viewer { name " + "@skip(if: false) " * 10 + "} }",
    "a huge page": "query { members(first: 100000) { nodes { affiliations { id } } } }",
    "pages within pages": "query { members(first: 100) { nodes { "
    + "affiliations { organization { name } } " * 40
    + "} } }",
    "very deep": nested(200),
    "a wide value": filtered("{" + " ".join(f"x{number}: 1" for number in range(320)) + "}"),
    "a deep value": filtered("{a: " * 300 + "1" + "}" * 300),
    "a long list": filtered("{kinds: [" + "IN_SERVICE " * 900 + "]}"),
    "many tokens": viewer("a " * 3000),
    "very long": viewer("name") + " #" + "x" * 70_000,
    "circular introspection": CIRCLES,
    "a number of 5,000 digits": filtered("{ages: " + "9" * 5000 + "}"),
}

Pattern = Callable[[random.Random, int], str]


def generated(seed: int, count: int) -> Iterator[str]:
    """Documents of up to 16 KB, each of some patterns at random, from the smallest on."""
    chance = random.Random(seed)
    for _ in range(count):
        size = int(100 * (LARGEST / 100) ** chance.random())
        parts = chance.sample(PATTERNS, k=chance.randint(1, 3))
        text = " ".join(part(chance, size // len(parts)) for part in parts)
        yield text[:LARGEST]


def _repeated(chance: random.Random, size: int) -> str:
    unit = chance.choice(
        ["name ", "roles { role } ", "...F ", "... { name } ", "... on Viewer { id name } ",
         "a: name b: login ", "roles { role organization { name parent { name } } } "]
    )  # fmt: skip
    return f"query {{ viewer {{ {unit * (size // len(unit))} }} }} fragment F on Viewer {{ name }}"


def _fragments(chance: random.Random, size: int) -> str:
    count = chance.randint(2, max(2, size // 40))
    spreads = chance.randint(1, 4)
    parts = []
    for number in range(count):
        targets = (chance.randint(0, count) for _ in range(spreads))
        parts.append(
            f"fragment F{number} on Viewer {{ {' '.join(f'...F{to}' for to in targets)} name }}"
        )
    return " ".join([viewer("...F0"), *parts])


def _nested(chance: random.Random, size: int) -> str:
    opening, closing = chance.choice(
        [("... { ", "} "), ("parent { ", "} "), ("... on Organization { ", "} ")]
    )
    levels = size // (len(opening) + len(closing))
    return f"query {{ organization(id: 1) {{ {opening * levels} id {closing * levels} }} }}"


def _values(chance: random.Random, size: int) -> str:
    unit = chance.choice(["a: 1 ", "a: {b: 1} ", "a: [1 2 3] ", "a: $v ", 'a: "x" '])
    return filtered("{" + unit * (size // len(unit)) + "}")


def _operations(chance: random.Random, size: int) -> str:
    units = [f"query Q{number} {{ viewer {{ name }} }}" for number in range(size // 32)]
    return " ".join(units)


def _variables(chance: random.Random, size: int) -> str:
    kind = chance.choice(["Int", "[[Int!]!]!", "Unknown", "MemberFilter"])
    names = " ".join(f"$v{number}: {kind}" for number in range(size // 16))
    return f"query ({names}) {{ viewer {{ name }} }}"


def _unknown(chance: random.Random, size: int) -> str:
    return viewer(" ".join(f"x{number}(y: {number})" for number in range(size // 14)))


def _noise(chance: random.Random, size: int) -> str:
    letters = '{}()[]:$@!|&="#.,\\ \n0123456789abcdefgé支'
    return "".join(chance.choices(letters, k=size // 2))


def _text(chance: random.Random, size: int) -> str:
    mark = chance.choice(['"', '"""'])
    return f"query {{ organization(id: {mark}{'支x ' * (size // 6)}{mark}) {{ id }} }}"


PATTERNS: list[Pattern] = [
    _repeated, _fragments, _nested, _values, _operations, _variables, _unknown, _noise, _text,
]  # fmt: skip
