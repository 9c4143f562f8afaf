"""Matters of units."""

from typing import Any

from zhibu_organization_life.tables import Matter

MATTER: Any = Matter.__table__
