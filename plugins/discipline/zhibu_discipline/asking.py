"""What siblings may ask of discipline: what a disposition or a hand-over is about, and of files."""

from zhibu_discipline.service.asked import (
    About,
    FileStanding,
    case_about,
    files_of,
    referral_about,
)

__all__ = ["About", "FileStanding", "case_about", "files_of", "referral_about"]
