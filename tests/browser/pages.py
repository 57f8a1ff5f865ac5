"""Every page there is, and who may open it: what the browser tests walk through.

Our own pages and roles come from the access matrix, which knows every address; those of the
libraries and of the demo stand here. An address that is nowhere fails `test_axe.py`.
"""

from tests.test_access_matrix import DEMO, OBJECTS, addresses, table

ANONYMOUS, SIGNED_IN = "anonym", "leder"

# Addresses that answer 200, to a GET or an empty POST, and are no page of their own.
NO_PAGE = {
    "health_alive": "one word for a machine",
    "health_ready": "JSON for a machine",
    "reports:pulje_csv": "a file",
    "meetings:sak_create": "takes what is typed on the page of the saksliste",
    "cohorts:oppdrag_add": "takes what is typed on the page of the deltakelse",
    "meetings:grunnlag_pdf": "a file, tested as PDF/UA",
    "meetings:referat_pdf": "a file, tested as PDF/UA",
}

# Pages of the libraries in our templates, with who opens them.
LIBRARY = {
    "account_login": ANONYMOUS,
    "account_request_login_code": ANONYMOUS,
    "account_signup": ANONYMOUS,
    "account_inactive": ANONYMOUS,
    "socialaccount_login_cancelled": ANONYMOUS,
    "socialaccount_login_error": ANONYMOUS,
    "account_logout": SIGNED_IN,
    "account_email": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "account_reset_password": ANONYMOUS,
    "account_reset_password_done": ANONYMOUS,
    "account_reset_password_from_key_done": ANONYMOUS,
    "mfa_index": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "socialaccount_connections": SIGNED_IN,
    "usersessions_list": SIGNED_IN,
}

# Addresses of the libraries that lead on, answer a script, or need what nobody has at the start.
LEADS_ON = {
    "account_email_verification_sent": "leads to the sign-in page or the addresses",
    "account_change_password": "leads to the page where a password is set",
    "account_confirm_login_code": "looked at in test_sign_in_with_a_code",
    "account_reset_password_from_key": "needs a key from a mail",
    "account_reauthenticate": "asks for a password, which nobody has",
    "mfa_authenticate": "needs a sign-in half done with a second factor",
    "mfa_reauthenticate": "needs a second factor",
    "mfa_trust": "needs a sign-in with a second factor",
    "mfa_deactivate_totp": "needs a second factor",
    "mfa_view_recovery_codes": "needs a second factor",
    "mfa_generate_recovery_codes": "needs a second factor",
    "mfa_download_recovery_codes": "a file",
    "mfa_reauthenticate_webauthn": "needs a passkey",
    "mfa_login_webauthn": "JSON for the sign-in page",
    "mfa_remove_webauthn": "needs a passkey",
    "mfa_edit_webauthn": "needs a passkey",
    "socialaccount_signup": "leads to the sign-in page",
    "openid_connect_login": "leads to Feide or ID-porten",
    "openid_connect_callback": "comes from Feide or ID-porten",
}

ROLES = (
    "anonym",
    "nobody",
    "udir",
    "koordinator",
    "statsforvalter",
    "veileder",
    "eier",
    "barnehagemyndighet",
    "leder",
    "styrer",
    "arbeidsgruppe",
    "ppt",
    "admin",
)


def pages_of(who: str) -> dict[str, str]:
    """The pages that open for `who` at one's own object: name → key of `World.arguments`."""
    column = ROLES.index(who)
    opened = [name for name, answers in table().items() if answers[column].startswith("200/")]
    own = {name: OBJECTS.get(name, "") for name in opened if name not in NO_PAGE}
    return own | {name: "" for name, role in LIBRARY.items() if role == who}


__all__ = ["DEMO", "LEADS_ON", "LIBRARY", "NO_PAGE", "ROLES", "addresses", "pages_of", "table"]
