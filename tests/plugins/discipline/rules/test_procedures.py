"""What the procedures of dispositions begin with."""

from importlib.resources import files

import pytest
import yaml


@pytest.mark.clause("S3D-23", "S3C-25")
@pytest.mark.parametrize("name", ["correction", "removal"])
def test_whom_the_branch_puts_forward_its_committee_decides_by_a_vote_on_each(name: str) -> None:
    source = files("zhibu_discipline").joinpath("procedures/dispositions.yaml")
    found = yaml.safe_load(source.read_text("utf-8"))[f"discipline.{name}"]
    for version in found["values"].values():
        first = version["value"]["steps"][0]
        assert (first["by"], first["body"], first["level"]) == (
            *("vote", "committee_or_members", "home"),
        )
