"""Whether pages can be made into PDF with every character of names, and forms be filled."""

from collections.abc import Iterator

from zhibu.cli.doctor.finding import Finding, judged, ok, warning
from zhibu.pdf import GlyphMissing, Paper, PdfMissing, Press
from zhibu.pdf.paper import Block
from zhibu.pdf.press import RARE
from zhibu.settings import Settings
from zhibu.word import Templates

NEEDED = "install a full Chinese font (fonts-noto-cjk), or name its folder in font_folders"


def examine_templates(settings: Settings) -> Iterator[Finding]:
    """Whether what an institution put in place of our forms for Word can be filled."""
    if settings.templates is not None:
        yield judged("templates", str(settings.templates), Templates(settings.templates).faults())


def examine_address(settings: Settings) -> Iterator[Finding]:
    """Whether papers are printed with codes that anybody can have verified."""
    if settings.address is None:
        yield warning("verifying", "address", "not set: papers are printed without their code")
    else:
        yield ok("verifying", settings.address)


def examine_printing(settings: Settings) -> Iterator[Finding]:
    press = Press(settings.font_folders)
    try:
        families = ", ".join(press.families())
        press.printed(Paper(title=RARE, blocks=[Block("paragraph", (RARE,))]))
    except PdfMissing:
        yield warning("fonts", "pdf", "no PDFs: install zhibu[pdf]")
    except GlyphMissing:
        yield warning("fonts", families, f"names as rare as {RARE} cannot be printed; {NEEDED}")
    else:
        yield ok("fonts", families)
    finally:
        press.close()
