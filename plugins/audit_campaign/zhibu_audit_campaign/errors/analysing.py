"""What can be wrong with an analysis."""

from zhibu.errors import Invalid


class AnalysisUnknown(Invalid):
    """The plan asks this level for no such analysis. Facts: `report`."""

    code = "audit_campaign.analysis_unknown"
