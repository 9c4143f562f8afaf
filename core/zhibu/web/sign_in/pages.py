"""The two pages that signing in by a service has: the second factor, and what went wrong."""

from base64 import b64encode
from hashlib import sha256
from html import escape

from starlette.responses import HTMLResponse

from zhibu.texts import Texts

STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:26rem;margin:12vh auto;padding:0 1rem}"
    "input,button{font:inherit;padding:.4rem .8rem}[role=alert]{color:#a40000}"
)
POLICY = "; ".join(
    (
        "default-src 'none'",
        "object-src 'none'",
        f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def asking(
    texts: Texts, locale: str, *, fault: str | None = None, status: int = 200
) -> HTMLResponse:
    """Ask for the code of the second factor; `fault` says what was wrong with the last one."""
    said = f'<p role="alert">{escape(fault)}</p>' if fault else ""
    label, button = (escape(texts.of("pages", f"sign_in.{key}", locale)) for key in ("code", "go"))
    form = (
        f'<form method="post" action="/sign-in/confirm" autocomplete="off"><p><label>{label} '
        '<input name="code" inputmode="text" autocomplete="one-time-code" required autofocus>'
        f"</label></p><p><button>{button}</button></p></form>"
    )
    return _page(texts, locale, said + form, status)


def telling(texts: Texts, locale: str, fault: str, status: int) -> HTMLResponse:
    """Say what went wrong, and what to do next."""
    return _page(texts, locale, f'<p role="alert">{escape(fault)}</p>', status)


def _page(texts: Texts, locale: str, body: str, status: int) -> HTMLResponse:
    title = escape(texts.of("pages", "sign_in.title", locale))
    return HTMLResponse(
        f'<!doctype html><html lang="{escape(locale)}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f"<style>{STYLE}</style><h1>{title}</h1>{body}</html>",
        status,
        headers={"content-security-policy": POLICY},
    )
