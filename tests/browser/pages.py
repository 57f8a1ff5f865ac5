"""Every page there is, and who may open it: what the browser tests walk through.

Our own pages and roles come from the access matrix, which knows every address; those of the
libraries and of the demo stand here. An address that is nowhere fails `test_axe.py`.
"""

from django.urls import reverse

from tests.test_access_matrix import DEMO, addresses, path_of, table

ANONYMOUS, SIGNED_IN = "anonym", "leder"

# Addresses that answer 200, to a GET or an empty POST, and are no page of their own.
NO_PAGE = {
    "health_alive": "one word for a machine",
    "health_ready": "JSON for a machine",
    "reports:pulje_csv": "a file",
    "meetings:sak_create": "takes what is typed on the page of the saksliste",
    "cohorts:oppdrag_add": "takes what is typed on the page of the deltakelse",
    "meetings:grunnlag_autosave": "a line of the page of the grunnlag",
    "meetings:grunnlag_copy": "takes what is typed on the page of the grunnlag",
    "meetings:grunnlag_comment": "takes what is typed below the grunnlag",
    "meetings:grunnlag_attachment": "a file",
    "meetings:grunnlag_attachment_add": "takes what is typed on the page of the grunnlag",
    "meetings:grunnlag_attachment_remove": "takes what is typed on the page of the grunnlag",
    "meetings:referat_autosave": "a line of the page of the referat",
    "meetings:plan_review_autosave": "a line of the page of the review",
    "meetings:privacy_access_report": "a file",
    "cohorts:opptak_funnel_csv": "a file",
    "cohorts:opptak_funnel_xlsx": "a file",
    "cohorts:assessment_table_csv": "a file",
    "cohorts:assessment_autosave": "a line of the page of the assessment",
    "cohorts:assessment_habilitet": "takes what is ticked on the page of the assessment",
    "cohorts:priority_autosave": "a line of the page of the list",
    "cohorts:soeknad_autosave": "a line of the page of a part",
    "cohorts:soeknad_attachment": "a file",
    "cohorts:letter_release": "takes what is ticked in the outbox",
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
    "personvernkontakt",
    "admin",
)


# What a page shows only when its address asks for more: page → who, and what is asked.
ASKED = {
    "cohorts:candidate_invite": ("statsforvalter", "kandidat={candidate}"),
    "cohorts:candidate_add": ("statsforvalter", "q=kommune"),
    "cohorts:candidate_list": ("statsforvalter", "q=finnes+ikke"),
    "cohorts:soeknad_units": ("eier", "q=sk"),
    "cohorts:soeknad_partners": ("eier", "q=kommune"),
    "cohorts:letter_outbox": ("udir", "velg=ingen"),
}

# Who looks at what in dark colours: an address, and the key of what it names in the world.
DARK = {
    "anonym": {"account_login": "", "actors:task_link": "task_token"},
    "leder": {
        "reports:my_page": "",
        "meetings:meeting_detail": "held",
        "meetings:grunnlag_edit": "meeting",
        "reports:unit_detail": "unit",
        "actors:notice_list": "",
        "actors:mail_settings": "",
        "actors:unsubscribe": "stop_token",
    },
    "udir": {
        "reports:pulje_detail": "number",
        "cohorts:decision_board": "opptak+listed",
        "meetings:control_room": "",
        "meetings:control_recipients": "",
        "meetings:control_dry_run": "",
        "meetings:control_jobs": "",
        "meetings:control_pause": "",
        "meetings:control_paused": "pause",
        "meetings:control_sent": "",
        "meetings:control_person": "person",
        "meetings:control_about": "about",
        "meetings:control_mail": "mail",
        "meetings:rule_list": "",
        "meetings:rule_edit": "rule",
        "meetings:rule_restore": "rule+version",
        "meetings:evaluation_close": "number+semester",
        "meetings:evaluation_reopen": "number+closed",
    },
    "statsforvalter": {
        "cohorts:opptak_detail": "opptak",
        "cohorts:assessment_edit": "sent",
        "cohorts:priority_edit": "opptak+assessing",
    },
    "eier": {"cohorts:soeknad_conflict": "draft+answer"},
}


def pages_of(who: str, world) -> dict[str, str]:
    """The pages that open for `who` at one's own object: row of the access matrix → path."""
    column = ROLES.index(who)
    opened = [name for name, answers in table().items() if answers[column].startswith("200/")]
    own = {name: path_of(name, world) for name in opened if name.split("~")[0] not in NO_PAGE}
    names = {"candidate": world.arguments["candidate"][0]}
    asked = {
        f"{name}?{query}": f"{path_of(name, world)}?{query.format(**names)}"
        for name, (asks, query) in ASKED.items()
        if asks == who
    }
    return own | asked | {name: reverse(name) for name, role in LIBRARY.items() if role == who}


__all__ = [
    "DARK",
    "DEMO",
    "LEADS_ON",
    "LIBRARY",
    "NO_PAGE",
    "ROLES",
    "addresses",
    "pages_of",
    "table",
]
