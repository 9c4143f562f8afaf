"""`python -m zhibu.testing.pages`: write the pages of docs/ that are made from the code itself."""

import sys

from zhibu.testing.pages import CORE, HOOKS, core, hooks
from zhibu.testing.pages.procedures import PROCEDURES, procedures
from zhibu.testing.pages.undoing import UNDOING, undoing


def main() -> int:
    made = ((HOOKS, hooks()), (CORE, core()), (PROCEDURES, procedures()), (UNDOING, undoing()))
    for file, text in made:
        file.write_text(text, "utf-8")
        print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
