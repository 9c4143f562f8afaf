"""What may go wrong with tokens of machines."""

from zhibu.errors import Conflict, Invalid


class TokenLifeInvalid(Invalid):
    """A token ends in the future and within a year. Facts: `latest`."""

    code = "core.token_life_invalid"


class TokenActionUnheld(Invalid):
    """Nobody gives a machine what he may not do himself. Facts: `action`."""

    code = "core.token_action_unheld"


class TokenOfPerson(Conflict):
    """Nobody acts in a person's name; a token acts for its creator or a machine. Facts: `login`."""

    code = "core.token_of_person"


class TokenOfAdministrator(Conflict):
    """Each administrator acts himself; no token of another acts for him. Facts: `login`."""

    code = "core.token_of_administrator"


class TokenActionsMissing(Invalid):
    """A token without actions could do nothing."""

    code = "core.token_actions_missing"
