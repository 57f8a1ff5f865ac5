"""Putting what an action refuses on the form that asked for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.core.exceptions import ValidationError


def take_errors(form: forms.Form, error: ValidationError) -> None:
    """Show the messages of `error` at their fields, or over the form when it has no such field."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, messages in error.message_dict.items():
        form.add_error(name if name in form.fields else None, messages)


@contextmanager
def refusals_on(form: forms.Form) -> Iterator[None]:
    """Let an action in the block refuse: the block ends there, with the reasons on the form.

    What follows the action in the block, a message and the way on, is for when it did not.
    """
    try:
        yield
    except ValidationError as error:
        take_errors(form, error)
