"""What a process keeps is not looked through each time that garbage is looked for.

The tests are in `garbage_alone`: a process that keeps as much as this one takes a second for each.
"""

import subprocess
import sys
from pathlib import Path

ALONE = Path(__file__).with_name("garbage_alone.py")


def test_what_is_kept_is_set_aside_and_looked_through_when_it_has_grown() -> None:
    asked = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", ALONE]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "8 passed" in done.stdout
