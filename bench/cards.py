"""A thousand activity cards in one PDF: `python -m bench.cards [cards]`.

Every card has a photograph of its own, as large as one may be.
Prints the processor time of making the pages and of setting them, the size of the file, and the
peak memory of a process that does nothing else. Nothing is asked of a database.
"""

import asyncio
import resource
import sys
import time
from datetime import date, timedelta
from typing import Any

from zhibu.pdf import Press
from zhibu.testing.pictures import grey
from zhibu_flow_members.service.card_pages import HEADINGS, TEMPLATES, rendered

DAY = date(2026, 6, 14)
SIZE = 40 * 1024  # bytes, as the parameter `flow_members.photo_kilobytes` has it


def card(number: int) -> dict[str, Any]:
    """What the form of a card says; each has a code of its own."""
    return {
        "title": "流动党员活动证",
        "organization": f"第{number // 50}党支部",
        "number": f"{number:06d}",
        "name": f"党员{'甲乙丙丁戊己庚辛'[number % 8]}",
        "joined": DAY - timedelta(days=number * 9),
        "place": "江州市",
        "since": DAY,
        "until": None,
        "headings": HEADINGS,
        "rows": [(2026, "合格", DAY, "")],
        "committee": "市直机关党委",
        "stamped": DAY,
        "issued": DAY,
        "address": f"https://zhibu.example.org/verify/{number:064d}",
        "mark": "李 2026-06-14 打印",
    }


def photo(number: int) -> bytes:
    """No two are the same, or the file would hold them once."""
    return grey(size=SIZE - number)


def main(count: int) -> None:
    press = Press()
    began = time.process_time()
    pages = [rendered([TEMPLATES], card(each), photo(each)) for each in range(count)]
    made = time.process_time()
    file = asyncio.run(press.bind(pages))
    ended = time.process_time()
    press.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{count} cards: pages {made - began:.1f} s, PDF {ended - made:.1f} s of processor time")
    print(f"together {ended - began:.1f} s (10 are allowed), {len(file) >> 20} MB, peak {peak} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) == 2 else 1_000)
