"""Who reads the files of a søknad, and that those of a sent one stay."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cohorts.actions.soeknad import reopen_soeknad
from cohorts.actions.soeknad_attachments import remove_attachment
from cohorts.models import Soeknad
from tests.factories.attachments import PDF, add, by, send, upload, url
from tests.factories.people import make_role, sign_in
from tests.factories.recruitment import NOW, make_candidate, make_list, make_soeknad
from tests.factories.register import OwnerFactory, StatsforvalterFactory

pytestmark = pytest.mark.django_db


def code(client, role, *where):
    sign_in(client, role)
    return client.get(url(*where)).status_code


# --- who reads it ---------------------------------------------------------------------------------


def test_a_draft_and_its_files_are_its_writers_alone(client, soeknad, eier):
    partner = OwnerFactory()
    soeknad.partners.create(owner=partner, status="confirmed", asked_at=NOW)
    row, rival = add(soeknad), make_soeknad(make_candidate(soeknad.candidate.embete))
    where = (soeknad, row.pk)
    assert code(client, eier, *where) == 200
    assert code(client, make_role("eier", partner), *where) == 200
    assert upload(client, soeknad, "partnerens.pdf").status_code == 403
    assert code(client, make_role("eier", rival.candidate.owner), *where) == 404
    assert upload(client, soeknad, "rivalens.pdf").status_code == 404
    assert code(client, make_role("eier", rival.candidate.owner), rival, row.pk) == 404
    embete = soeknad.candidate.embete.statsforvalter
    for role in (make_role("statsforvalter", embete), make_role("udir")):
        assert code(client, role, *where) == 404
        assert code(client, role, soeknad) == 404


def test_the_embete_reads_it_once_sent_and_udir_once_forwarded(client, soeknad):
    row = add(soeknad)
    send(soeknad)
    udir = make_role("udir")
    embete = make_role("statsforvalter", soeknad.candidate.embete.statsforvalter)
    assert code(client, embete, soeknad, row.pk) == 200
    neighbour = make_role("statsforvalter", StatsforvalterFactory(code="vestland"))
    assert code(client, neighbour, soeknad, row.pk) == 404
    assert code(client, udir, soeknad, row.pk) == 404
    make_list([soeknad], sent=True)
    assert code(client, udir, soeknad, row.pk) == 200
    assert code(client, udir, soeknad) == 403


def test_what_is_added_after_sending_is_not_read_before_it_is_sent(client, soeknad):
    send(soeknad)
    reopen_soeknad(soeknad=soeknad, by=by(soeknad), now=NOW)
    row = add(soeknad)
    embete = make_role("statsforvalter", soeknad.candidate.embete.statsforvalter)
    assert code(client, embete, soeknad, row.pk) == 404
    send(soeknad)
    assert code(client, embete, soeknad, row.pk) == 200


# --- sending --------------------------------------------------------------------------------------


def test_a_file_removed_after_sending_stays_in_the_version_it_was_sent_in(client, soeknad, eier):
    row = add(soeknad)
    first = send(soeknad)
    reopen_soeknad(soeknad=soeknad, by=by(soeknad), now=NOW)
    remove_attachment(attachment=row, by=by(soeknad), now=NOW)
    second = send(Soeknad.objects.get(pk=soeknad.pk))
    assert [each["name"] for each in first.content["attachments"]] == ["plan.pdf"]
    assert second.content["attachments"] == []
    assert second.sha256 != first.sha256
    for role in (eier, make_role("statsforvalter", soeknad.candidate.embete.statsforvalter)):
        sign_in(client, role)
        html = client.get(reverse("cohorts:soeknad_version", args=[soeknad.pk, 1])).content.decode()
        assert f'href="{url(soeknad, row.pk)}"' in html
        assert client.get(url(soeknad, row.pk)).content == PDF
        html = client.get(reverse("cohorts:soeknad_version", args=[soeknad.pk, 2])).content.decode()
        assert "plan.pdf" not in html


def test_the_checksum_of_the_version_covers_the_file(soeknad):
    first = add(soeknad)
    one = send(soeknad)
    reopen_soeknad(soeknad=soeknad, by=by(soeknad), now=NOW)
    remove_attachment(attachment=first, by=by(soeknad), now=NOW)
    add(soeknad, content=PDF.replace(b"arbeidet", b"alt annet"))
    two = send(Soeknad.objects.get(pk=soeknad.pk))
    [before], [after] = one.content["attachments"], two.content["attachments"]
    assert before["name"] == after["name"]
    assert before["sha256"] != after["sha256"]
    assert one.sha256 != two.sha256


def test_the_sheet_and_the_print_name_the_file_and_its_size(client, soeknad, eier):
    add(soeknad, "Plan.pdf", PDF + b"0" * 400_000)
    sign_in(client, eier)
    for page in (reverse("cohorts:soeknad_review", args=[soeknad.pk]), None):
        page = page or reverse("cohorts:soeknad_print", args=[soeknad.pk, send(soeknad).number])
        html = client.get(page).content.decode()
        assert "Plan.pdf" in html
        assert "391 kB" in html


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_never_fetches_the_bytes(client, soeknad, eier, count, django_assert_num_queries):
    for number in range(count):
        add(soeknad, f"{number}.pdf")
    sign_in(client, eier)
    client.get(url(soeknad))
    with django_assert_num_queries(6):
        client.get(url(soeknad))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(soeknad.get_absolute_url())
        client.get(reverse("cohorts:soeknad_review", args=[soeknad.pk]))
        send(soeknad)
        client.get(reverse("cohorts:soeknad_version", args=[soeknad.pk, 1]))
    assert not [each for each in asked if "soeknadattachmentfile" in each["sql"]]
