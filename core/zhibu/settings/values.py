"""What settings are made of, and what is said of one that cannot be read."""

from dataclasses import dataclass, field

from zhibu.errors import Invalid

PREFIX = "ZHIBU_"
FILE = "ZHIBU_SETTINGS"
SECRETS = ("database", "owner_database", "direct_database", "mail_password", "metrics_token")
URLS = ("app", "owner", "direct")


class SettingInvalid(Invalid):
    """A setting is unknown or cannot be read. Facts: `setting`, `value`, `fault`."""

    code = "core.setting_invalid"


@dataclass(frozen=True, kw_only=True)
class Database:
    """A PostgreSQL database: the URL of the role that owns nothing, and of the owner.

    Only migrations use `owner`; it must reach the server directly, not through a pooler. Where
    `app` goes through one, `direct` is that role's way past it, on which workers hear of new jobs.
    """

    app: str = field(repr=False)
    owner: str = field(repr=False)
    direct: str | None = field(default=None, repr=False)
