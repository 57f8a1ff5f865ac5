"""Taking back the link to Feide or ID-porten."""

from allauth.socialaccount.forms import DisconnectForm as AllauthDisconnectForm
from django import forms


class DisconnectForm(AllauthDisconnectForm):
    """Any link may go: the code by e-mail is always another way in.

    allauth refuses the last one to a person without a password, and nobody here has one.
    """

    def clean(self) -> dict:
        return forms.Form.clean(self)
