"""The rows behind ids in inputs."""

from uuid import UUID

from zhibu.graph.inputs import row


def meeting_row(id: str) -> UUID:
    return row(id, "OrganizationLifeMeeting", "meeting")


def member_row(id: str, argument: str = "member") -> UUID:
    return row(id, "Member", argument)


def engagement_row(id: str) -> UUID:
    return row(id, "OrganizationLifeEngagement", "engagement")


def talk_row(id: str) -> UUID:
    return row(id, "OrganizationLifeTalk", "talk")


def matter_row(id: str) -> UUID:
    return row(id, "OrganizationLifeMatter", "matter")


def appraisal_row(id: str) -> UUID:
    return row(id, "OrganizationLifeAppraisal", "appraisal")


def survey_row(id: str) -> UUID:
    return row(id, "OrganizationLifeSurvey", "survey")


def relief_row(id: str) -> UUID:
    return row(id, "OrganizationLifeRelief", "relief")
