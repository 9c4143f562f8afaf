"""A printed page, read back from its HTML: headings, paragraphs, tables, signatures, seals, codes.

These few kinds are what the templates of `zhibu.forms` are made of. Of anything else an
institution's own template may hold, the text is kept as a paragraph.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

SPACE = re.compile(r"[ \t\r\n]+")
LANDSCAPE = re.compile(r"size:\s*A4\s+landscape")
LINES = ("pre-line", "minutes")  # a class by which line breaks count
PHOTO = re.compile(r"data:image/jpeg;base64,[A-Za-z0-9+/]+=*")  # of what is within the page itself
PICTURE = ("svg", "g", "path", "rect")  # of which a code to be read by machines is made
APART = ("h1", "h2", "p", "td", "th", "caption", "li", "dt", "dd")
UNSEEN = ("style", "script", "title")
NARROWEST, SHORT, WIDEST = 1.5, 6.0, 24.0  # of a column, in characters of Chinese
CHINESE = 0x2E80  # characters beyond are as wide as high
PADDED = 0.8  # characters beside what a cell holds
SIZES = ((6, 10.5), (10, 9.5), (1000, 8.5))  # points, by how many columns there are
TIGHT = 9.5  # of a long table that is to stay on a page
BETWEEN_MARGINS = {False: 493.0, True: 740.0}  # points; whether the page lies on its side


@dataclass(frozen=True)
class Cell:
    """A cell of a table; `across` columns, set to the left if it holds `text`."""

    text: str
    across: int = 1
    left: bool = False


@dataclass(frozen=True)
class Block:
    """One thing on the page: `kind` with its texts, or a table with its rows, `tight` or not."""

    kind: str
    texts: tuple[str, ...] = ()
    head: tuple[tuple[Cell, ...], ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    tight: bool = False


@dataclass
class Paper:
    """Everything on the page in its order; of what is `bound`, no page says which it is."""

    title: str = ""
    landscape: bool = False
    blocks: list[Block] = field(default_factory=list)
    bound: bool = False

    def told(self) -> dict[str, Any]:
        """The page as JSON says it to the template that sets it."""
        return {
            "title": self.title,
            "landscape": self.landscape,
            "bound": self.bound,
            "blocks": [_told(block, self.landscape) for block in self.blocks],
        }


def paper_of(html: str) -> Paper:
    """The page that a template made."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.paper


def bound(papers: Sequence[Paper]) -> Paper:
    """Several as one, each on a page of its own."""
    blocks: list[Block] = []
    for paper in papers:
        blocks += [*([Block("break")] if blocks else []), *paper.blocks]
    return replace(papers[0], blocks=blocks, bound=True)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paper = Paper()
        self._said: list[str] = []
        self._classes: list[tuple[str, tuple[str, ...]]] = []  # of the elements that are open
        self._gathered: list[str] = []  # sides, signatures or lines of a seal
        self._row: list[Cell] = []
        self._head: list[tuple[Cell, ...]] = []
        self._rows: list[tuple[Cell, ...]] = []
        self._across = 1
        self._drawn: list[str] = []  # of a picture, as its source says it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in PICTURE:
            self._drawn.append(self.get_starttag_text() or "")
        if tag == "br":
            self._said.append("\n")
            return
        if tag == "img" and PHOTO.fullmatch(given.get("src") or ""):
            self._add(Block("photo", (str(given["src"]),)))
        if tag in ("meta", "link", "img", "hr", "input", "col"):
            return
        if tag in (*APART, "table", "div", "section", "header", "svg"):
            self._paragraph()
        if tag in ("td", "th"):
            across = given.get("colspan") or "1"
            self._across = int(across) if across.isdigit() else 1
        self._classes.append((tag, tuple((given.get("class") or "").split())))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in PICTURE:
            self._drawn.append(self.get_starttag_text() or "")
        else:
            super().handle_startendtag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if all(tag != each for each, _ in self._classes):
            return
        if tag in PICTURE:
            self._drawn.append(f"</{tag}>")
        ended = ""
        while ended != tag:  # what was left open ends here too
            ended, classes = self._classes[-1]
            self._end(ended, classes)
            self._classes.pop()

    def handle_data(self, data: str) -> None:
        inside = {tag for tag, _ in self._classes}
        if "style" in inside:
            self.paper.landscape = self.paper.landscape or bool(LANDSCAPE.search(data))
        elif "title" in inside:
            self.paper.title += data.strip()
        elif not inside & set(UNSEEN):
            self._said.append(data if self._in(*LINES) else SPACE.sub(" ", data))

    def _end(self, tag: str, classes: tuple[str, ...]) -> None:
        match tag:
            case "td" | "th":
                text = self._text()
                self._row.append(Cell(text, self._across, "text" in classes))
            case "tr":
                if self._row:
                    (self._head if self._within("thead") else self._rows).append(tuple(self._row))
                self._row = []
            case "table":
                tight = "tight" in classes
                self._add(Block("table", (), tuple(self._head), tuple(self._rows), tight))
                self._head, self._rows = [], []
            case "svg":
                self._add(Block("picture", ("".join(self._drawn),)))
                self._drawn = []
            case "span" if self._in("about"):
                self._gathered.append(self._text())
            case "p" if "about" in classes:
                self._add(Block("sides", tuple([*self._gathered, "", ""][:2])))
                self._gathered = []
            case "p" if self._in("signatures") or self._in("seal"):
                self._gathered.append(self._text())
            case "div" if "signatures" in classes or "seal" in classes:
                kind = "seal" if "seal" in classes else "signatures"
                if self._gathered:
                    self._add(Block(kind, tuple(self._gathered)))
                self._gathered = []
            case "h1" | "h2" | "caption":
                self._paragraph({"h1": "title", "h2": "heading", "caption": "caption"}[tag])
            case "p" if "number" in classes or "mark" in classes:
                self._paragraph("number" if "number" in classes else "mark")
            case "p" if self._in("text"):
                self._paragraph("indented")
            case _ if tag in (*APART, "div", "section", "header", "main", "body"):
                self._paragraph()

    def _paragraph(self, kind: str = "paragraph") -> None:
        if self._within("td") or self._within("th"):
            if self._said:
                self._said.append(" ")
        elif text := self._text():
            self._add(Block(kind, (text,)))

    def _add(self, block: Block) -> None:
        self.paper.blocks.append(block)

    def _text(self) -> str:
        text = "".join(self._said).strip(" \n\t\r")
        self._said = []
        return text

    def _in(self, *names: str) -> bool:
        return any(name in classes for _, classes in self._classes for name in names)

    def _within(self, tag: str) -> bool:
        return any(tag == each for each, _ in self._classes)


def _told(block: Block, landscape: bool) -> dict[str, Any]:
    if block.kind != "table":
        return {"kind": block.kind, "texts": list(block.texts)}
    widest = _widest(block)
    size = next(size for most, size in SIZES if len(widest) <= most)
    size = min(size, TIGHT) if block.tight else size
    return {
        "kind": "table",
        "size": size,
        "tight": block.tight,
        "widths": _widths(widest, BETWEEN_MARGINS[landscape] / size),
        "head": [[vars(cell) for cell in row] for row in block.head],
        "rows": [[vars(cell) for cell in row] for row in block.rows],
    }


def _widest(block: Block) -> list[float]:
    """How wide the longest text of each column is, in characters of Chinese."""
    rows = [*block.head, *block.rows]
    count = max((sum(cell.across for cell in row) for row in rows), default=1)
    found = [NARROWEST] * count
    for at, cell in (placed for row in rows for placed in _placed(row)):
        if cell.across == 1:
            found[at] = min(WIDEST, max(found[at], _width(cell.text)))
    return found


def _widths(widest: list[float], room: float) -> list[dict[str, float]]:
    """Columns of a few characters never break; the others share what is left, as they need it.

    Where there is too little of it for that, all share.
    """
    short = [width if width <= SHORT else 0.0 for width in widest]
    kept = sum(width + PADDED for width in short if width)
    needed = sum(SHORT for width in short if not width)
    if not needed or kept + needed > room:
        return [{"share": round(width + PADDED, 2)} for width in widest]
    return [
        {"em": round(width + PADDED, 2)} if width <= SHORT else {"share": round(width, 2)}
        for width in widest
    ]


def _placed(row: tuple[Cell, ...]) -> Iterator[tuple[int, Cell]]:
    at = 0
    for cell in row:
        yield at, cell
        at += cell.across


def _width(text: str) -> float:
    """Between Chinese and what is not, there is a quarter of a character."""
    wide = [ord(each) > CHINESE for each in text]
    return sum(1.0 if each else 0.55 for each in wide) + sum(a != b for a, b in pairwise(wide)) / 4
