"""Where templates lie: an institution's own, those of the installation, those of plugins."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from zhibu.errors import ZhibuError
from zhibu.forms.printing import TEMPLATES, check_page
from zhibu.settings.values import SettingInvalid
from zhibu.word.errors import WordTemplateMissing
from zhibu.word.writer import check

SUFFIX, PAGE = ".docx", ".html"
_NAMED = re.compile(r"[a-z][a-z0-9_]*")


class Templates:
    """`<folder>/<institution>/<form>.docx` wins over `<folder>/<form>.docx`, it over a plugin's.

    What a plugin has none of is looked for among ours.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder

    @classmethod
    def load(cls, folder: Path | None) -> "Templates":
        """The folder, every template in it looked at. Raises `SettingInvalid` with all faults."""
        found = cls(folder)
        if folder is not None and (faults := [*found.faults()]):
            raise SettingInvalid(setting="templates", value=str(folder), fault="; ".join(faults))
        return found

    def faults(self) -> Iterator[str]:
        """What is wrong with what lies in the folder, in words."""
        if self.folder is not None and not self.folder.is_dir():
            yield "no such folder"
        for file in self.replaced():
            try:
                if file.suffix == PAGE:
                    check_page(file)
                else:
                    check(file)
            except ZhibuError as error:
                place = file.relative_to(self.folder) if self.folder else file
                yield f"{place}: {error.facts.get('fault', 'needs zhibu[word]')}"

    def own(self, tenant: str) -> tuple[Path, ...]:
        """Where templates lie that replace those of plugins, the nearest first."""
        return (self.folder / tenant, self.folder) if self.folder else ()

    def find(self, form: str, tenant: str, folders: Sequence[Path]) -> Path:
        """The file that is filled. Raises `WordTemplateMissing`."""
        if _NAMED.fullmatch(form):
            for folder in (*self.own(tenant), *folders, TEMPLATES):
                if (file := folder / f"{form}{SUFFIX}").is_file():
                    return file
        raise WordTemplateMissing(template=f"{form}{SUFFIX}")

    def replaced(self) -> Iterator[Path]:
        """Every template that was put here, for Word or as a page."""
        if self.folder is not None and self.folder.is_dir():
            for place in (self.folder, *sorted(self.folder.iterdir())):
                if place.is_dir():
                    yield from sorted(
                        file
                        for file in place.iterdir()
                        if file.suffix in (SUFFIX, PAGE)
                        and file.is_file()
                        and not file.name.startswith("~$")
                    )
