"""What may be refused about parameters."""

from zhibu.errors import Conflict, Invalid


class ParameterUnknown(Invalid):
    """No enabled plugin defines a parameter of this name. Facts: `name`."""

    code = "core.parameter_unknown"


class ParameterValueInvalid(Invalid):
    """The value is of another kind than the parameter. Facts: `name`, `kind`, `unit`, `options`."""

    code = "core.parameter_value_invalid"


class ParameterProcedureUnfit(Invalid):
    """The steps of a procedure are not written as they must be. Facts: `name`, `faults`."""

    code = "core.parameter_procedure_unfit"


class ParameterReasonMissing(Invalid):
    """Another value than the national one needs its reason, and so does taking it back."""

    code = "core.parameter_reason_missing"


class ParameterTooEarly(Invalid):
    """The rule did not exist on that day yet. Facts: `name`, `since`, `first`."""

    code = "core.parameter_too_early"


class ParameterDayTaken(Conflict):
    """The parameter already changes at this organization on that day. Facts: `name`, `since`."""

    code = "core.parameter_day_taken"


class OverrideWithdrawn(Conflict):
    """The override was taken back before. Facts: `withdrawn_on`."""

    code = "core.override_withdrawn"


class PackOrganizationUnknown(Invalid):
    """A pack names an organization outside of its own subtree. Facts: `pack`, `organization`."""

    code = "core.pack_organization_unknown"


class PackIncomplete(Invalid):
    """A rule pack is not written as it must be. Facts: `fault`."""

    code = "core.pack_incomplete"


class PackNotBound(Invalid):
    """Nothing of a rule pack of this name holds at or below the organization. Facts: `pack`."""

    code = "core.pack_not_bound"


class NoCatalogue(Invalid):
    """Words are added to and retired from catalogues only. Facts: `name`."""

    code = "core.no_catalogue"


class CatalogueWordUnknown(Invalid):
    """A word to be retired is not in the catalogue in force that day. Facts: `words`."""

    code = "core.catalogue_word_unknown"


class CatalogueUnchanged(Invalid):
    """Nothing would be added, renamed or retired. Facts: `name`."""

    code = "core.catalogue_unchanged"
