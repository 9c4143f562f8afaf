"""The folder of the demo: whether it is ours, finished, and what it knows of itself."""

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from zhibu.cli.errors import FolderForeign

MARKER = "demo.json"
PASSWORD = "demo-password"


@dataclass(frozen=True, kw_only=True)
class Demo:
    """A finished demo: who signs in where, the one password of all, a first request."""

    sign_ins: list[dict[str, Any]]
    password: str
    example: str | None


def opened(folder: Path, *, reset: bool) -> Demo | None:
    """The demo of the folder, or None after having made room for one.

    What was interrupted is begun anew. Raises `FolderForeign` rather than remove what others made.
    """
    marker = folder / MARKER
    if marker.exists() and not reset:
        known = json.loads(marker.read_text("utf-8"))
        if known["finished"]:
            password = (folder / PASSWORD).read_text("utf-8").strip()
            sign_ins, example = known["sign_ins"], known["example"]
            return Demo(sign_ins=sign_ins, password=password, example=example)
    if folder.exists() and any(folder.iterdir()):
        if not marker.exists():
            raise FolderForeign(folder=str(folder))
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    marker.write_text(json.dumps({"finished": False}), "utf-8")
    return None


def finish(folder: Path, demo: Demo) -> None:
    """Remember the demo; from now on it is served as it is."""
    file = os.open(folder / PASSWORD, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "w", encoding="utf-8") as opened_file:
        opened_file.write(demo.password + "\n")
    known = {"finished": True, **asdict(demo)}
    del known["password"]
    draft = folder / f"{MARKER}.part"
    draft.write_text(json.dumps(known, ensure_ascii=False, indent=1), "utf-8")
    draft.replace(folder / MARKER)
