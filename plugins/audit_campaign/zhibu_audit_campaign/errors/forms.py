"""What can be wrong with a form."""

from zhibu.errors import Conflict, Invalid


class FormUnknown(Invalid):
    """The plan has no such form. Facts: `form`."""

    code = "audit_campaign.form_unknown"


class FormMissing(Invalid):
    """It is said which forms are wanted."""

    code = "audit_campaign.form_missing"


class FormStays(Invalid):
    """The form does not go up so far. Facts: `level`, up to whom it goes."""

    code = "audit_campaign.form_stays"


class FormTooLong(Invalid):
    """A page has no more than so many lines. Facts: `most`."""

    code = "audit_campaign.form_too_long"


class PurposeMissing(Invalid):
    """Nothing of an audit leaves without a purpose."""

    code = "audit_campaign.purpose_missing"


class PlaceMissing(Invalid):
    """A form is that of an organization."""

    code = "audit_campaign.place_missing"


class AskerMissing(Conflict):
    """Whoever asks for a release has an account of this institution, which overseers have not."""

    code = "audit_campaign.asker_missing"


class ReleaseMissing(Conflict):
    """No approval holds today that this form is given out for this purpose."""

    code = "audit_campaign.release_missing"


class ReleaseDecided(Conflict):
    """The release was decided, taken back or carried out. Facts: `state`."""

    code = "audit_campaign.release_decided"
