"""Correcting the e-mail address of somebody whom mail does not reach."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from actors.access import can_steer_sending
from actors.actions.address import correct_address
from actors.actions.letters import title_of
from actors.forms.address import AddressForm
from actors.models import Role, User
from actors.queries.bounced import correctable_by
from actors.rules.roles import RoleKind
from lmp.lib.wording import tallord


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_address(request: HttpRequest, pk: int) -> HttpResponse:
    """The owner corrects it for its own people, Udir for others; what waits goes out again."""
    role, steers = request.user.role, can_steer_sending(request.user)
    if role is None or not (steers or role.kind == RoleKind.EIER):
        raise PermissionDenied(
            _("Det er eieren eller Utdanningsdirektoratet som retter e-postadresser.")
        )
    person = get_object_or_404(correctable_by(request.user), pk=pk)
    form = AddressForm(request.POST or None, initial={"email": person.email})
    if request.method == "POST" and form.is_valid() and _correct(request, person, form):
        return redirect("actors:people_list")
    roles = Role.objects.filter(user=person).active(request.user.on).with_scope()
    context = {
        "form": form,
        "person": person,
        "offices": [", ".join(filter(None, [title_of(each), each.scope_label])) for each in roles],
    }
    return render(request, "actors/person_address.html", context)


def _correct(request: HttpRequest, person: User, form: AddressForm) -> bool:
    """Correct it; False with the reason at the field when it cannot be done."""
    email = form.cleaned_data["email"]
    try:
        count = correct_address(person=person, email=email, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        form.add_error("email", refusal)
        return False
    text = _("Adressen er rettet.")
    if count:
        again = ngettext("Én e-post sendes på nytt.", "%(n)s e-poster sendes på nytt.", count)
        words = again % {"n": tallord(count)}
        text = f"{text} {words[0].upper()}{words[1:]}"
    messages.success(request, text)
    return True
