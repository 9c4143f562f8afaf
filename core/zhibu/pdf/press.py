"""The press: one typst, kept warm beside the event loop, that sets pages as archivable PDF."""

import asyncio
import importlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import orjson

from zhibu.pdf.errors import GlyphMissing, PageUnprintable, PdfMissing
from zhibu.pdf.paper import Paper, bound, paper_of

TEMPLATE = Path(__file__).with_name("page.typ")
OURS = Path(__file__).with_name("type")  # the characters of GB 2312, for where there is no other
# The type of official documents where it is installed, else what looks most like it.
FAMILIES = (
    "SimSun",
    "NSimSun",
    "FangSong",
    "Songti SC",
    "Source Han Serif SC",
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Noto Sans CJK SC",
    "Zhibu Song",
)
RARE = "㛃𬭎䶮犇"  # of names that people have, and small fonts lack
ARCHIVABLE = "a-2b"
NO_GLYPH = "could not be displayed"


class Press:
    """One per process; `folders` hold fonts beside those of the system. `close` ends its thread."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = [str(each) for each in (*folders, OURS)]
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="press")
        self._compiler: Any = None
        self._type = ""

    async def print(self, page: str) -> bytes:
        """The PDF (A-2b) of a page of HTML. Raises what `printed` does."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: self.printed(paper_of(page)))

    async def bind(self, pages: Sequence[str]) -> bytes:
        """The PDF of several pages of HTML, none of them numbered. Raises what `printed` does."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._thread, lambda: self.printed(bound([paper_of(each) for each in pages]))
        )

    def printed(self, paper: Paper) -> bytes:
        """The PDF at once. Raises `PdfMissing`, `GlyphMissing`, `PageUnprintable`."""
        typst = _typst()
        if self._compiler is None:  # reading all fonts takes longer than a hundred pages
            self._compiler = typst.Compiler(str(TEMPLATE), font_paths=self._folders)
            self._type = "|".join(self.families())
        inputs = {"page": orjson.dumps(paper.told()).decode(), "fonts": self._type}
        try:
            made = self._compiler.compile(sys_inputs=inputs, pdf_standards=ARCHIVABLE, format="pdf")
        except typst.TypstError as error:
            fault = str(error.message).strip()
            kind = GlyphMissing if NO_GLYPH in fault else PageUnprintable
            raise kind(fault=fault) from error
        return bytes(made)

    def families(self) -> list[str]:
        """Those of our families that are here. Raises `PdfMissing`."""
        fonts = _typst().Fonts(font_paths=self._folders)
        here = {name.casefold() for name in fonts.families()}
        return [name for name in FAMILIES if name.casefold() in here]

    def close(self) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)


def _typst() -> Any:
    try:
        return importlib.import_module("typst")
    except ImportError as error:
        raise PdfMissing() from error
