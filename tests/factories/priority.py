"""An embete's list of søknader, filled, saved, sent, and posted by a browser."""

from cohorts.actions.priority import save_list
from cohorts.models import PriorityList
from tests.factories.recruitment import NOW, assess, make_candidate, make_soeknad
from tests.factories.register import KommuneFactory, OwnerFactory

EDIT = "/opptak/10/prioritering/"
NAMES = ("Elveskar", "Storholmen", "Sundmark")


def assessed(embete, name="", **values):
    """A sent and assessed søknad, of a kommune with the given name."""
    owner = OwnerFactory(kommune=KommuneFactory(name=name)) if name else None
    soeknad = make_soeknad(make_candidate(embete, owner), sent=True, **values)
    assess(soeknad)
    return soeknad


def save(listed, by, **data):
    """Save `data` in the list, which is as it was when it was read."""
    return save_list(
        priority_list=listed,
        edit_version=data.pop("edit_version", listed.edit_version),
        data=data,
        by=by,
        now=NOW,
    )


def listed_three(client, embete):
    """Three søknader on the list: the list and the keys of its entries."""
    for name in NAMES:
        assessed(embete, name)
    client.get(EDIT)
    listed = PriorityList.objects.get()
    return listed, list(listed.entries.order_by("rank").values_list("pk", flat=True))


def typed(listed, ranks, **values):
    """What the page posts: a number and a reason of each entry, and the rest."""
    listed.refresh_from_db()
    data = {"edit_version": listed.edit_version, "note": listed.note, "wanted": ""}
    for key, rank in ranks.items():
        data |= {f"rank_{key}": rank, f"reason_{key}": "Arbeidet er godt forankret."}
    return data | values
