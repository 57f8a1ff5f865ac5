"""The files of a søknad: adding and removing them, and reading one."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.access.soeknad import can_read_draft, is_writer
from cohorts.actions.soeknad_attachments import add_attachment, remove_attachment
from cohorts.forms.soeknad_attachment import AttachmentForm
from cohorts.models import Soeknad, SoeknadAttachment, SoeknadAttachmentFile
from cohorts.rules.soeknad_attachment import MOST, size_in_words
from cohorts.views.soeknad_links import part_place
from cohorts.views.soeknad_place import own_soeknad, require_writing, seen_soeknad, why_closed
from cohorts.views.typed import show_typed


@require_http_methods(["GET", "HEAD", "POST"])
def soeknad_attachments(request: HttpRequest, pk: int) -> HttpResponse:
    """What is attached, each with «Fjern», and a field for one more."""
    if not request.user.is_authenticated:
        return _sign_in(request)
    soeknad = seen_soeknad(request, pk)
    if not can_read_draft(request.user, soeknad):
        raise PermissionDenied(_("Utkastet er det bare de som søker, som ser."))
    if request.method == "POST":
        return _add(request, own_soeknad(request, pk))
    return _show(request, soeknad, AttachmentForm())


def _sign_in(request: HttpRequest) -> HttpResponse:
    """To signing in; who has sent a file meanwhile is told that it is not stored."""
    leads_on = redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
    if request.method != "POST":
        return leads_on
    return show_typed(
        request,
        [],
        title=_("Du er logget ut, og fila er ikke lagt ved"),
        reason=_("Logg inn og velg fila på nytt. Resten av søknaden er lagret."),
        back=leads_on.url,
        link=_("Logg inn og fortsett"),
        status=401,
    )


def _add(request: HttpRequest, soeknad: Soeknad) -> HttpResponse:
    require_writing(soeknad)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            row = add_attachment(
                soeknad=soeknad,
                name=upload.name,
                content=upload.read(),
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error("file", error)
        else:
            messages.success(request, _("«%(name)s» er lagt ved.") % {"name": row.name})
            return redirect("cohorts:soeknad_attachments", soeknad.pk)
    return _show(request, soeknad, form)


def _show(request: HttpRequest, soeknad: Soeknad, form: AttachmentForm) -> HttpResponse:
    rows = list(soeknad.attachments.kept().select_related("uploaded_by"))
    closed = why_closed(soeknad)
    writes = is_writer(request.user, soeknad) and not closed
    context = {
        "soeknad": soeknad,
        "rows": [{"row": row, "size": size_in_words(row.size)} for row in rows],
        "form": form if writes and (len(rows) < MOST or form.is_bound) else None,
        "full": writes and len(rows) >= MOST,
        "writes": writes,
        "closed": closed,
        "place": part_place(soeknad, "vedlegg"),
    }
    return render(request, "cohorts/soeknad_attachments.html", context)


@login_required
@require_POST
def attachment_remove(request: HttpRequest, pk: int, attachment_pk: int) -> HttpResponse:
    """«Fjern»: out of what is being written; a version that was sent keeps the file."""
    soeknad = own_soeknad(request, pk)
    require_writing(soeknad)
    row = get_object_or_404(soeknad.attachments, pk=attachment_pk)
    remove_attachment(attachment=row, by=request.user, now=timezone.now())
    messages.success(request, _("«%(name)s» er fjernet.") % {"name": row.name})
    return redirect("cohorts:soeknad_attachments", soeknad.pk)


@login_required
@require_safe
def soeknad_attachment(request: HttpRequest, pk: int, attachment_pk: int) -> HttpResponse:
    """The file itself, to download, never shown in the page and never cached on the way."""
    found = SoeknadAttachment.objects.visible_to(request.user)
    row = get_object_or_404(found, soeknad=pk, pk=attachment_pk)
    stored = get_object_or_404(SoeknadAttachmentFile, attachment=row)
    response = HttpResponse(bytes(stored.content), content_type=row.content_type)
    response["Content-Disposition"] = content_disposition_header(True, row.name)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
