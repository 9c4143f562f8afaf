"""Reading, checking, giving back and writing a form of 100,000 rows and 15 columns.

`python -m bench.forms [rows]` prints the seconds of each step and the peak memory of a process
that does nothing else.
"""

import asyncio
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhibu.forms.checking import Checked, check
from zhibu.forms.columns import Column
from zhibu.forms.identity import check_digit
from zhibu.forms.kinds import Choice, Code, Date, Exact, Identity, Name, Phone, Text, Whole, YesNo
from zhibu.forms.reading import Reading, read
from zhibu.forms.returned import returned
from zhibu.forms.writing import write

TODAY = date(2026, 11, 21)
COLUMNS = (
    Column("name", "姓名", Name(), required=True),
    Column("identity", "身份证号", Identity(), required=True),
    Column("gender", "性别", Choice({"男": "male", "女": "female"})),
    Column("nation", "民族", Text()),
    Column("joined_on", "入党时间", Date(month=True)),
    Column("full_on", "转正时间", Date(month=True)),
    Column("phone", "手机号", Phone()),
    Column("unit", "组织代码", Code()),
    Column("branch", "所在支部", Text()),
    Column("post", "职务", Text()),
    Column("degree", "学历", Choice({"大学": "b", "研究生": "m"})),
    Column("hours", "学时", Exact(units=("学时",))),
    Column("points", "积分", Whole()),
    Column("serving", "在职", YesNo()),
    Column("remark", "备注", Text()),
)


def people(count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        digits = f"3201{number // 9000:02d}19{50 + number % 50}0312{number % 1000:03d}"
        yield {
            "name": f"党员{'甲乙丙丁戊己庚辛'[number % 8]}{'一二三四五六七'[number % 7]}",
            "identity": digits + check_digit(digits),
            "gender": ("male", "female")[number % 2],
            "nation": "汉族",
            "joined_on": date(1980 + number % 40, 1 + number % 12, 1 + number % 28),
            "full_on": date(1981 + number % 40, 1 + number % 12, 1 + number % 28),
            "phone": f"138{number:08d}",
            "unit": f"ZB-{number // 50:05d}",
            "branch": f"第{number // 50}党支部",
            "post": "科员",
            "degree": ("b", "m")[number % 2],
            "hours": Decimal(number % 4000) / 100,
            "points": number % 200,
            "serving": number % 3 > 0,
            "remark": f"备注 {number}" if number % 5 == 0 else None,
        }


def main(step: str, path: Path, count: int) -> None:
    started = time.perf_counter()
    if step == "write":
        path.write_bytes(write(people(count), COLUMNS, "党员名册"))
    else:
        reading, checked = _checked(path)
        assert len(checked.good) == checked.rows == count, checked.faults[:3]
        if step == "return":
            returned(reading, checked.faults, lambda fault: fault.code)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{step:8} {time.perf_counter() - started:6.1f} s   peak {peak} MB", flush=True)


def _checked(path: Path) -> tuple[Reading, Checked]:
    reading = read(path, COLUMNS)
    return reading, asyncio.run(check(reading, on=TODAY))


if __name__ == "__main__":
    if len(sys.argv) == 4:
        main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
    else:
        rows = sys.argv[1] if len(sys.argv) == 2 else "100000"
        with tempfile.TemporaryDirectory() as folder:
            for each in ("write", "check", "return"):
                order = [sys.executable, "-m", "bench.forms", each, f"{folder}/form.xlsx", rows]
                subprocess.run(order, check=True)
