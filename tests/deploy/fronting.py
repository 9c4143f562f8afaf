"""nginx by the settings that deploy/ ships, in front of an application in this process."""

import asyncio
import re
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from getpass import getuser
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.faults.programs import free_port

SHIPPED = Path("deploy/nginx/zhibu.conf")
NAME = "zhibu.example.org"
AROUND = """
user {user};
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/main.log warn;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/none;
    uwsgi_temp_path {folder}/none;
    scgi_temp_path {folder}/none;
    include {folder}/zhibu.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]


@dataclass(frozen=True)
class Site:
    """Where nginx answers, and what it writes."""

    folder: Path
    port: int
    plain: int

    @property
    def log(self) -> str:
        return "".join(file.read_text("utf-8") for file in sorted(self.folder.glob("*.log")))

    @property
    def trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.folder / "fullchain.pem")

    async def connected(
        self, source: str = "127.0.0.1"
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """By TLS, as a client with this address."""
        return await asyncio.open_connection(
            "127.0.0.1",
            self.port,
            ssl=self.trusting,
            server_hostname=NAME,
            local_addr=(source, 0),
        )

    async def ask(
        self,
        path: str,
        *headers: str,
        method: str = "GET",
        body: bytes = b"",
        source: str = "127.0.0.1",
        length: int | None = None,
    ) -> Answer:
        """One request by itself; `length` is what it says of its body."""
        reader, writer = await self.connected(source)
        size = len(body) if length is None else length
        lines = (f"{method} {path} HTTP/1.1", f"host: {NAME}", "connection: close",
                 f"content-length: {size}", *headers)  # fmt: skip
        writer.write("\r\n".join((*lines, "", "")).encode() + body)
        try:
            async with asyncio.timeout(20):
                return await _answered(reader)
        finally:
            writer.close()


async def _answered(reader: asyncio.StreamReader) -> Answer:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").strip().split("\r\n")
    pairs = [line.partition(":") for line in rest]
    headers = [(name.lower(), value.strip()) for name, _, value in pairs]
    size = int(dict(headers).get("content-length", -1))  # after a refusal nginx lingers
    body = await (reader.read() if size < 0 else reader.readexactly(size))
    return Answer(int(first.split()[1]), headers, body)


def needed() -> None:
    """Skip the test where there is no nginx, before anything is begun for it."""
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed: its settings are read alone")


@asynccontextmanager
async def nginx(folder: Path, application: int, **changes: str) -> AsyncIterator[Site]:
    """In front of a port of this machine; skips where it is not installed.

    `changes` are other values of some directives.
    """
    needed()
    site = Site(folder, free_port(), free_port())
    _certify(folder)
    (folder / "zhibu.conf").write_text(_adapted(site, application, changes), "utf-8")
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=getuser()))
    process = _started(folder)
    try:
        await _until_it_listens(process, site)
        yield site
    finally:
        process.terminate()
        process.wait(30)


def _started(folder: Path) -> "subprocess.Popen[bytes]":
    command = ["nginx", "-p", folder, "-c", folder / "nginx.conf"]
    with (folder / "main.log").open("wb") as log:
        return subprocess.Popen(command, stderr=log)


def _adapted(site: Site, application: int, changes: dict[str, str]) -> str:
    """What is shipped, for other places and the ports that are free."""
    found = SHIPPED.read_text("utf-8")
    for line, new in {
        r"^\s*listen \[::\].*\n": "",
        r"listen 80;": f"listen 127.0.0.1:{site.plain};",
        r"listen 443 ": f"listen 127.0.0.1:{site.port} ",
        r"127\.0\.0\.1:8321 ": f"127.0.0.1:{application} ",
        r"/etc/zhibu/tls|/var/log/nginx": str(site.folder),
        **{rf"\b{name} [^;]+;": f"{name} {value};" for name, value in changes.items()},
    }.items():
        found, count = re.subn(line, new, found, flags=re.MULTILINE)
        assert count, line
    return found


async def _until_it_listens(process: "subprocess.Popen[bytes]", site: Site) -> None:
    async with asyncio.timeout(20):
        while process.poll() is None:
            try:
                (await asyncio.open_connection("127.0.0.1", site.port))[1].close()
            except OSError:
                await asyncio.sleep(0.02)
            else:
                return
        raise AssertionError(f"nginx takes what is shipped for no settings: {site.log}")


def _certify(folder: Path) -> None:
    """A certificate of its own making."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    names = x509.SubjectAlternativeName([x509.DNSName(NAME)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(Encoding.PEM))
    whole = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "privkey.pem").write_bytes(whole)
