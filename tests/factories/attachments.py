"""Files that go with a søknad: `add(soeknad)`."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cohorts.actions.soeknad_attachments import add_attachment
from cohorts.actions.soeknad_sending import submit_soeknad
from cohorts.queries.programme import programme_of
from tests.factories.people import acting_as, make_role
from tests.factories.recruitment import NOW

PDF = b"%PDF-1.7\nPlanen for arbeidet.\n%%EOF"


def by(soeknad):
    """The owner of the søknad, acting."""
    return acting_as(make_role("eier", soeknad.candidate.owner))


def add(soeknad, name="plan.pdf", content=PDF, **values):
    """Add a file to the søknad."""
    values = {"by": values.pop("by", None) or by(soeknad), "now": NOW} | values
    return add_attachment(soeknad=soeknad, name=name, content=content, **values)


def send(soeknad):
    """Send the søknad."""
    recruitment = programme_of(soeknad.candidate.embete.opptak.pulje).recruitment
    confirmed = [each.id for each in recruitment.confirmations]
    return submit_soeknad(soeknad=soeknad, confirmed=confirmed, by=by(soeknad), now=NOW)


def url(soeknad, *more):
    """The page of the files of the søknad, or one of them."""
    names = ("soeknad_attachments", "soeknad_attachment")
    return reverse(f"cohorts:{names[len(more)]}", args=[soeknad.pk, *more])


def upload(client, soeknad, name="plan.pdf", content=PDF):
    """Choose a file in the form and add it."""
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post(url(soeknad), {"file": file})
