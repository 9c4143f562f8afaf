"""The explorer: from local files only, under a policy that lets nothing else in."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from zhibu.testing.house import House
from zhibu.web.explorer import FILES, HERE

LARGEST = 4 * 1024 * 1024
PINNED = {  # how Strawberry's own page names what we ship under another name
    "plugin-explorer@1.0.2/dist/style.css": "explorer.css",
    "plugin-explorer@1.0.2/dist/index.umd.js": "explorer.umd.js",
}


class Loads(HTMLParser):
    """Every address that a page loads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inline = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [value for key in ("src", "href") if (value := given.get(key))]
        self.inline |= tag == "style" or (tag == "script" and "src" not in given)
        self.inline |= any(name.startswith("on") or name == "style" for name in given)


async def test_the_page_loads_nothing_from_elsewhere(house: House) -> None:
    page = await house.client.get("/explorer")
    loads = Loads()
    loads.feed(page.text)
    assert not loads.inline
    assert len(loads.found) >= 8
    for address in loads.found:
        if address == "data:,":
            continue
        assert address.startswith("/explorer/")
        answer = await house.client.get(address)
        assert answer.status_code == 200, address


async def test_a_strict_policy_comes_with_every_file(house: House) -> None:
    for address in ("/explorer", *(f"/explorer/{name}" for name in FILES)):
        headers = (await house.client.get(address)).headers
        policy = dict(part.strip().partition(" ")[::2] for part in
                      headers["content-security-policy"].split(";"))  # fmt: skip
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == "'self'"
        assert policy["connect-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert not re.search(r"https?:|\*", headers["content-security-policy"])
        assert headers["x-content-type-options"] == "nosniff"


def test_nothing_is_left_in_the_browser_and_passwords_may_come_from_their_keeper() -> None:
    ours = "".join((HERE / name).read_text("utf-8") for name in ("page.js", "index.html"))
    assert "storage: null" in ours
    for kept in ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "onpaste"):
        assert kept not in ours
    assert 'type="password" autocomplete="current-password"' in ours
    assert "innerHTML" not in ours


@pytest.mark.parametrize("name", ["index.html", "..%2f__init__.py", "LICENSES.txt", "a"])
async def test_nothing_but_the_page_s_files_is_served(house: House, name: str) -> None:
    assert (await house.client.get(f"/explorer/{name}")).status_code == 404


def test_our_own_scripts_and_styles_name_no_host() -> None:
    for name in ("page.js", "page.css", "index.html"):
        assert "//" not in re.sub(r"^\s*//.*$", "", (HERE / name).read_text("utf-8"), flags=re.M)
    for name in ("graphiql.min.css", "explorer.css"):
        found = re.findall(r"url\(\s*['\"]?(?!data:)", FILES[name].read_text("utf-8"))
        assert found == []
    css = "".join(file.read_text("utf-8") for name, file in FILES.items() if name.endswith("css"))
    assert "@import" not in css


def test_the_files_of_others_are_those_that_strawberry_pins() -> None:
    page = (files("strawberry") / "static" / "graphiql.html").read_text("utf-8")
    pins = dict(re.findall(r'(?:src|href)="([^"]+)"\s+integrity="sha384-([^"]+)"', page))
    compared = 0
    for address, pin in pins.items():
        end = next((end for end in PINNED if address.endswith(end)), None)
        name = PINNED[end] if end else address.rpartition("/")[2]
        if name in FILES:  # cookies are not used here
            digest = hashlib.sha384(FILES[name].read_bytes()).digest()
            assert base64.b64encode(digest).decode() == pin
            compared += 1
    assert compared == 6


def test_they_are_small_enough_and_come_with_their_licences() -> None:
    vendor = HERE / "vendor"
    assert sum(file.stat().st_size for file in vendor.iterdir()) < LARGEST
    assert not list(vendor.glob("*.map"))
    licences = (vendor / "LICENSES.txt").read_text("utf-8")
    for file in vendor.iterdir():
        assert file.name in licences or file.name == "LICENSES.txt"
