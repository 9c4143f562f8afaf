"""Reading a page back from the HTML that a template made."""

import re
from html.parser import HTMLParser

from zhibu.pdf.paper.blocks import Block, Cell
from zhibu.pdf.paper.page import Paper

SPACE = re.compile(r"[ \t\r\n]+")
LANDSCAPE = re.compile(r"size:\s*A4\s+landscape")
LINES = ("pre-line", "minutes")  # a class by which line breaks count
PHOTO = re.compile(r"data:image/jpeg;base64,[A-Za-z0-9+/]+=*")  # of what is within the page itself
PICTURE = ("svg", "g", "path", "rect")  # of which a code to be read by machines is made
APART = ("h1", "h2", "p", "td", "th", "caption", "li", "dt", "dd")
UNSEEN = ("style", "script", "title")


def paper_of(html: str) -> Paper:
    """The page that a template made."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.paper


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
