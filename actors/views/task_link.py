"""The link in a mail to one task: a code to the person's own address, and then that task alone.

Following the link changes nothing and sends nothing: mail programs do it by themselves.
"""

import logging
from dataclasses import dataclass
from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from actors.actions.one_time_code import (
    Answer,
    CodesAreAwayError,
    TooManyCodesError,
    check_code,
    new_code,
)
from actors.actions.task_link import (
    find_notice,
    needs_full_sign_in,
    note_entrance,
    office_of,
    state_of_task,
)
from actors.forms.task_code import TaskCodeForm
from actors.middleware import SESSION_KEY, TASK_KEY, task_of
from actors.models import Notice, Role, User
from actors.rules.links import TaskState, has_session, read_task, without_role

CODE_KEY = "task_code"  # in the session: the key of the code that was asked for, and its notice
SESSION_LASTS = 4 * 60 * 60  # seconds
BACKEND = "django.contrib.auth.backends.ModelBackend"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Task:
    """What a link opens: the notice, whose it is, in which office, and the page."""

    notice: Notice
    person: User
    role: Role
    path: str

    @property
    def purpose(self) -> str:
        return f"task:{self.notice.pk}"


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def task_link(request: HttpRequest, token: str) -> HttpResponse:
    """Say what the link is to, send a code, and with the right code open the task."""
    link = read_task(token)
    notice = find_notice(link) if link else None
    if link is None or notice is None:
        raise Http404
    if request.user.is_authenticated and request.user.pk != notice.recipient_id:
        return _page(request, "task_other_person", notice, status=403)
    if request.user.is_authenticated and task_of(request) is None:
        return redirect(notice.url)
    if notice.role_id is None:  # to the person, not to an office: nothing to be let in to
        return redirect_to_login(notice.url)
    _speak(request, notice.recipient)
    today = timezone.localdate()
    role = office_of(notice, today)
    if role is None or today > link.until:
        return _page(request, "task_closed", notice, status=410, role=role, until=link.until)
    person = notice.recipient.act_as(role, today)
    state = state_of_task(notice, person)
    if state.met_at or state.is_gone:
        return _page(request, "task_done", notice, state=state, now=timezone.now())
    return _enter_or_ask(request, _task(notice, person, role, state))


def _task(notice: Notice, person: User, role: Role, state: TaskState) -> Task:
    return Task(notice, person, role, state.path or without_role(notice.url))


def _enter_or_ask(request: HttpRequest, task: Task) -> HttpResponse:
    """A task that can be done now: by an ordinary sign-in, or with a code."""
    if request.user.is_authenticated:  # in for another task, through the same mailbox
        if has_session(task.path):
            return _open(request, task)
        return _page(request, "task_only", task.notice, status=403, blocked=True)
    if needs_full_sign_in(task.person) or not has_session(task.path):
        return redirect_to_login(task.notice.url)
    if request.method == "POST" and request.POST.get("handling") == "send":
        return _send_code(request, task)
    asked = request.session.get(CODE_KEY, {})
    if asked.get("notice") != task.notice.pk:
        return _ask(request, task)
    form = TaskCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_right(form, asked["key"], task):
        return _enter(request, task)
    return _ask(request, task, form=form)


def _send_code(request: HttpRequest, task: Task) -> HttpResponse:
    try:
        key, code = new_code(person_id=task.person.pk, purpose=task.purpose, now=timezone.now())
        get_adapter().send_mail("account/email/task_code", task.person.email, {"code": code})
    except TooManyCodesError:
        words = _("Du har bedt om for mange koder. Prøv igjen om en time.")
        return _ask(request, task, trouble=words, status=429)
    except (CodesAreAwayError, SMTPException, OSError):
        logger.exception("a code could not be sent")
        words = _("Vi fikk ikke sendt koden. Prøv igjen om litt.")
        return _ask(request, task, trouble=words, status=503)
    request.session[CODE_KEY] = {"key": key, "notice": task.notice.pk}
    return redirect(request.path)


def _is_right(form: TaskCodeForm, key: str, task: Task) -> bool:
    """Whether the code is right; otherwise an error stands at the field."""
    typed = form.cleaned_data["code"]
    try:
        answer = check_code(
            key=key, person_id=task.person.pk, purpose=task.purpose, typed=typed, now=timezone.now()
        )
    except CodesAreAwayError:
        logger.exception("a code could not be looked at")
        form.add_error("code", _("Vi fikk ikke sjekket koden. Prøv igjen om litt."))
        return False
    if answer == Answer.WRONG:
        form.add_error("code", _("Koden er feil. Se etter i den siste e-posten fra oss."))
    elif answer == Answer.GONE:
        form.add_error("code", _("Koden virker ikke lenger. Be om en ny."))
    return answer == Answer.RIGHT


def _enter(request: HttpRequest, task: Task) -> HttpResponse:
    """Sign in for this task alone."""
    request.session.pop(CODE_KEY, None)
    login(request, task.person, backend=BACKEND)
    request.session.set_expiry(SESSION_LASTS)
    return _open(request, task)


def _open(request: HttpRequest, task: Task) -> HttpResponse:
    request.session[SESSION_KEY] = task.role.pk
    request.session[TASK_KEY] = {
        "role": task.role.pk,
        "path": task.path,
        "title": task.notice.title,
    }
    note_entrance(notice=task.notice, by=task.person, now=timezone.now())
    return redirect(task.path)


def _speak(request: HttpRequest, person: User) -> None:
    """Answer in the målform of the mail."""
    translation.activate(person.language)
    request.LANGUAGE_CODE = translation.get_language()


def _ask(
    request: HttpRequest,
    task: Task,
    *,
    form: TaskCodeForm | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    return _page(
        request,
        "task_link",
        task.notice,
        status=status,
        form=form,
        trouble=trouble,
        email=_masked(task.person.email),
        today=timezone.localdate(),
    )


def _masked(email: str) -> str:
    """«m…@granli.example»: enough to know which mailbox to look in."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"


def _page(
    request: HttpRequest, template: str, notice: Notice, status: int = 200, **more
) -> HttpResponse:
    answer = render(request, f"actors/{template}.html", {"notice": notice, **more}, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
