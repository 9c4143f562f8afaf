"""What siblings may ask of discipline: what a disposition or a hand-over is about."""

from zhibu_discipline.service.asked import About, case_about, referral_about

__all__ = ["About", "case_about", "referral_about"]
