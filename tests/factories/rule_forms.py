"""What a browser posts from the form of a rule for reminders."""

KEY = "veiledningsgrunnlag"


def url_of(rule):
    """The address of the page of the rule."""
    return f"/varsler/regler/{rule.pk}/"


def posted(rule, *, rows=None, **changes):
    """The form as it stands, with changes; `rows` are (days, when, to)."""
    if rows is None:
        when = {-1: "before", 0: "on", 1: "after"}
        rows = [
            (abs(each["offset"]), when[(each["offset"] > 0) - (each["offset"] < 0)], each["to"])
            for each in rule.steps
        ]
    data = {name: getattr(rule, name) for name in ("subject_bm", "subject_nn")}
    data |= {"text_bm": rule.text_bm, "text_nn": rule.text_nn, "seen": rule.version}
    for place, (days, when, to) in enumerate(rows):
        data |= {f"p{place}-days": days, f"p{place}-when": when, f"p{place}-to": to}
    return data | changes
