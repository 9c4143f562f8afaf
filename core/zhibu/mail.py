"""E-mail to people who run or use the installation: one message, one connection, an honest answer.

Call it from a job, never within a request: a mail server may take its time, and what is
`Unavailable` is tried again there. Personal details stay in the system; a mail says that there is
something to see, and where.
"""

from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from typing import Protocol

import aiosmtplib

from zhibu.errors import Conflict, Unavailable
from zhibu.settings import Settings

TIMEOUT = 20.0  # seconds for each answer of the server
STARTTLS, TLS, NONE = "starttls", "tls", "none"


class MailNotSet(Conflict):
    """The settings name no mail server."""

    code = "core.mail_not_set"


class MailUnreachable(Unavailable):
    """The mail server does not answer, or will not take anything now. Facts: `fault`."""

    code = "core.mail_unreachable"


class MailRefused(Conflict):
    """The mail server takes this message for none of its recipients.

    Facts: `fault`, `unknown`: whether it knows none of them, which no later message changes.
    """

    code = "core.mail_refused"


class Mail(Protocol):
    """A way to send mail; `zhibu.testing.mail` has one that keeps what was sent."""

    @property
    def ready(self) -> bool:
        """Whether there is a server to send by."""
        ...

    async def send(
        self, to: Sequence[str], subject: str, text: str, *, key: str, at: datetime
    ) -> None:
        """Hand a plain text over to the server.

        The same `key` gives the same `Message-ID`: what was sent twice, because nobody knew whether
        the first one had arrived, is one message to whoever reads it. Raises `MailNotSet`,
        `MailUnreachable`, `MailRefused`.
        """
        ...


class SmtpMail:
    """Mail by the server of the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def ready(self) -> bool:
        return self._settings.mail_host is not None

    async def send(
        self, to: Sequence[str], subject: str, text: str, *, key: str, at: datetime
    ) -> None:
        settings = self._settings
        if settings.mail_host is None:
            raise MailNotSet()
        message = written(settings.mail_from, to, subject, text, key=key, at=at)
        try:
            await aiosmtplib.send(
                message,
                recipients=list(to),
                hostname=settings.mail_host,
                port=settings.mail_port,
                username=settings.mail_user,
                password=settings.mail_password,
                use_tls=settings.mail_encryption == TLS,
                start_tls=settings.mail_encryption == STARTTLS,
                timeout=TIMEOUT,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            if not all(each.code >= 500 for each in error.recipients):
                raise MailUnreachable(fault=_fault(error)) from error
            # 5.7 is a rule, such as that this sender may relay nothing: it says nothing of them.
            unknown = not any(each.message.startswith("5.7.") for each in error.recipients)
            raise MailRefused(fault=_fault(error), unknown=unknown) from error
        except aiosmtplib.SMTPDataError as error:
            if error.code < 500:
                raise MailUnreachable(fault=_fault(error)) from error
            raise MailRefused(fault=_fault(error), unknown=False) from error
        except (aiosmtplib.SMTPException, OSError) as error:  # a refused sender too: our settings
            raise MailUnreachable(fault=_fault(error)) from error


def written(
    sender: str, to: Sequence[str], subject: str, text: str, *, key: str, at: datetime
) -> EmailMessage:
    """The message as it is sent."""
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = ", ".join(to)
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{sha256(key.encode()).hexdigest()[:32]}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"  # nobody's absence notice answers it
    message.set_content(text)
    return message


def _fault(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
