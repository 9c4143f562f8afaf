"""What is made from the code is as the code is. If not: `python -m zhibu.testing.pages`."""

from pathlib import Path

import pytest

from zhibu import hookspecs
from zhibu.testing import pages
from zhibu.testing.pages import procedures, undoing

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("page", "made"),
    [
        (pages.HOOKS, pages.hooks),
        (pages.CORE, pages.core),
        (procedures.PROCEDURES, procedures.procedures),
        (undoing.UNDOING, undoing.undoing),
    ],
)
def test_a_page_is_up_to_date(page: Path, made: object) -> None:
    assert callable(made)
    assert (ROOT / page).read_text("utf-8") == made()


def test_every_hook_is_documented_with_its_exact_signature() -> None:
    page = (ROOT / pages.HOOKS).read_text("utf-8")
    source = Path(hookspecs.__file__).read_text("utf-8")
    specified = [name for name, found in vars(hookspecs).items() if hasattr(found, "zhibu_spec")]
    assert len(specified) >= 10
    for name in specified:
        [signature] = [line for line in source.splitlines() if line.startswith(f"def {name}(")]
        assert signature.partition(":  #")[0].rstrip(":") in page
