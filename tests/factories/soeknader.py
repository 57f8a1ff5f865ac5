"""Who writes in a søknad, and what stands in it."""

from tests.factories.people import NOW, UserFactory, acting_as, make_role


def url(soeknad, part="behov", page=""):
    """The address of a part of the søknad, or of a page below it."""
    return f"/soeknader/{soeknad.pk}/del/{part}/{page}"


def answer(soeknad, key, value, by=None, version=1):
    """An answer that somebody else has written."""
    by = by or UserFactory(name="Hanne Østby")
    return soeknad.answers.create(
        key=key, value=value, version=version, updated_at=NOW, updated_by=by
    )


def writer(owner, name="Hanne Østby"):
    """Somebody of that name at the owner, acting."""
    user = acting_as(make_role("eier", owner))
    user.name = name
    user.save(update_fields=["name"])
    return user


def stored(soeknad):
    """The answers as they are in the database, with their versions."""
    return {row.key: (row.value, row.version) for row in soeknad.answers.all()}
