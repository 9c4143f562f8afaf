"""Sign-in services in the settings: what is read, and what is refused before anything starts."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from zhibu.accounts.providers.configured import provider_of, reachable_safely
from zhibu.accounts.rules.patience import Patience, counts_of
from zhibu.settings import SettingInvalid, Settings

OIDC: dict[str, Any] = {
    "kind": "oidc",
    "tenant": "university",
    "address": "https://id.example.cn/realms/staff/",
    "client_id": "zhibu",
}
FILE = """
address = "{address}"
[providers.campus]
kind = "oidc"
tenant = "university"
address = "https://id.example.cn"
client_id = "zhibu"
client_secret_file = "{secret}"
"""


def test_a_service_is_read_with_its_secret_from_a_file(tmp_path: Path) -> None:
    secret, file = tmp_path / "campus", tmp_path / "zhibu.toml"
    secret.write_text("quite secret\n", "utf-8")
    file.write_text(FILE.format(address="https://party.example.cn", secret=secret), "utf-8")
    settings = Settings.load({}, file)
    provider = settings.providers["campus"]
    assert provider.client_secret == "quite secret"
    assert provider.title == "campus"
    assert "quite secret" not in repr(settings)
    assert secret in settings.sources


@pytest.mark.parametrize("address", ["", "http://party.example.cn"])
def test_services_need_the_address_that_people_come_back_to(tmp_path: Path, address: str) -> None:
    secret, file = tmp_path / "campus", tmp_path / "zhibu.toml"
    secret.write_text("quite secret\n", "utf-8")
    file.write_text(FILE.format(address=address, secret=secret), "utf-8")
    with pytest.raises(SettingInvalid) as refused:
        Settings.load({}, file)
    assert refused.value.facts["setting"] == "address"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"kind": "saml"}, "kind"),
        ({"address": "http://id.example.cn"}, "https"),
        ({"address": "ftp://id.example.cn"}, "https"),
        ({"client_id": None}, "client_id"),
        ({"scopes": ["profile"]}, "openid"),
        ({"return_to": "https://evil.example.cn"}, "return_to"),
        ({"return_to": "//evil.example.cn"}, "return_to"),
        ({"colour": "red"}, "colour"),
        ({"untyped_sign_outs": "no"}, "untyped_sign_outs"),
        ({"client_secret": "x", "client_secret_file": "y"}, "client_secret_file"),
    ],
)
def test_what_is_wrong_with_a_service_is_said(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        provider_of("campus", {**OIDC, **changes})


@pytest.mark.parametrize("name", ["", "Campus", "confirm", "../x", "a", "sign-out"])
def test_a_name_is_part_of_an_address(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        provider_of(name, OIDC)


def test_nobody_on_the_way_may_change_what_a_service_says() -> None:
    assert reachable_safely("https://id.example.cn/x")
    assert reachable_safely("http://127.0.0.1:9000")
    assert reachable_safely("http://[::1]:9000")
    for address in ("http://id.example.cn", "http://10.0.0.1", "https://", "", "javascript:x"):
        assert not reachable_safely(address)


def test_of_ipv6_a_whole_network_is_one_address() -> None:
    patience = Patience(failures=5, of_address=50, of_institution=500, lock=timedelta(minutes=15))

    def words(address: str) -> list[tuple[str, ...]]:
        counts = counts_of(
            patience, kind="account", institution="i", login="l", address=address, familiar=True
        )
        return [each.words for each in counts]

    assert words("2001:db8:0:1::1") == words("2001:db8:0:1:ffff::2")
    assert words("2001:db8:0:1::1") != words("2001:db8:0:2::1")
    assert words("192.0.2.1") != words("192.0.2.2")
