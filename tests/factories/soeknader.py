"""Who writes in a søknad, and what stands in it."""

from tests.factories.people import acting_as, make_role


def writer(owner, name="Hanne Østby"):
    """Somebody of that name at the owner, acting."""
    user = acting_as(make_role("eier", owner))
    user.name = name
    user.save(update_fields=["name"])
    return user


def stored(soeknad):
    """The answers as they are in the database, with their versions."""
    return {row.key: (row.value, row.version) for row in soeknad.answers.all()}
