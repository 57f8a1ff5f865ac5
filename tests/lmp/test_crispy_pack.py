"""The template pack «designsystemet», through crispy and through Django's own rendering."""

from datetime import date, time

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row, Submit
from django import forms
from django.template import Context, Template

from lmp.lib.forms import DatoField, KlokkeslettField, summary_lines


class PaperForm(forms.Form):
    error_note = "Ingenting er sendt. Det du har skrevet, er lagret."

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    what = forms.CharField(label="Hva skal gjøres?", help_text="Kort.")
    good = forms.CharField(label="Hva fungerte godt?", required=False, widget=forms.Textarea)
    due = DatoField(label="Frist")
    start = KlokkeslettField(label="Fra kl.", required=False)
    done = forms.ChoiceField(
        label="Prøve rutinen",
        choices=[("ja", "Gjort"), ("nei", "Ikke gjort")],
        widget=forms.RadioSelect(attrs={"data-kind": "seg"}),
    )
    goal = forms.ChoiceField(label="Mål", choices=[("", "Velg"), ("1", "Mål 1")])
    sure = forms.BooleanField(label="Ingen kan kjennes igjen.")


FILLED = {"what": "Prøve", "due": "26.11.2026", "done": "ja", "goal": "1", "sure": "on"}


def crispy(form) -> str:
    return Template("{% load crispy_forms_tags %}{{ form|crispy }}").render(Context({"form": form}))


def crispy_tag(form) -> str:
    template = Template("{% load crispy_forms_tags %}{% crispy form %}")
    return template.render(Context({"form": form, "csrf_token": "t"}))


def native(form) -> str:
    return str(form)


both = pytest.mark.parametrize("draw", [crispy, native])


@both
def test_label_description_and_input_belong_together(draw):
    html = draw(PaperForm())

    assert '<label class="ds-label" for="id_what">Hva skal gjøres?</label>' in html
    assert '<p data-field="description" id="id_what_helptext">Kort.</p>' in html
    assert 'class="ds-input" required aria-describedby="id_what_helptext" id="id_what"' in html


@both
def test_optional_fields_say_so(draw):
    html = draw(PaperForm())

    assert 'Hva fungerte godt? <span class="opt">(valgfritt)</span></label>' in html
    assert html.count("(valgfritt)") == 2


@both
def test_radio_buttons_have_a_legend(draw):
    html = draw(PaperForm())

    assert '<legend class="ds-label">Prøve rutinen</legend><div class="seg">' in html
    assert '<label class="ds-label" for="id_done_0">Gjort</label>' in html
    assert html.count('type="radio"') == 2


@both
def test_error_summary_links_to_the_fields_and_gives_orders(draw):
    html = draw(PaperForm({}))

    assert html.count('class="ds-error-summary"') == 1
    assert '<a class="ds-link" href="#id_what">Fyll ut «Hva skal gjøres?».</a>' in html
    assert '<a class="ds-link" href="#id_done_0">Velg et svar under «Prøve rutinen».</a>' in html
    assert '<a class="ds-link" href="#id_goal">Velg et svar under «Mål».</a>' in html
    assert '<a class="ds-link" href="#id_sure">Kryss av for «Ingen kan kjennes igjen».</a>' in html
    assert "Ingenting er sendt. Det du har skrevet, er lagret." in html


@both
def test_the_error_stands_at_the_field_too(draw):
    html = draw(PaperForm({**FILLED, "due": "i morgen"}))

    assert 'data-field="validation" id="id_due_error"><p>Skriv datoen slik: 26.11.2026.</p>' in html
    assert 'aria-invalid="true" aria-describedby="id_due_helptext id_due_error"' in html
    assert 'value="i morgen"' in html


@both
def test_a_valid_form_has_no_summary(draw):
    assert "ds-error-summary" not in draw(PaperForm(FILLED))


def test_every_target_of_an_error_link_is_in_the_page():
    form = PaperForm({})
    html = native(form)

    assert all(f'id="{line.target}"' in html for line in summary_lines(form))


def test_the_summary_is_shown_once_on_a_page():
    form = PaperForm({})
    page = Template("{% load ui crispy_forms_tags %}{% error_summary form %}{{ form|crispy }}")

    assert page.render(Context({"form": form})).count("ds-error-summary") == 1


def test_errors_of_no_field_and_of_hidden_fields_have_no_link():
    form = PaperForm({**FILLED, "version": "x"})
    form.add_error(None, "Noen andre har lagret.")

    assert [line.target for line in summary_lines(form)] == ["", ""]


def test_a_message_of_the_form_itself_is_kept():
    form = PaperForm({**FILLED, "what": ""})
    form.fields["what"].error_messages["required"] = "Skriv ett spørsmål."

    assert summary_lines(form) == [("Skriv ett spørsmål.", "id_what")]


def test_summary_of_a_formset():
    formset = forms.formset_factory(PaperForm, extra=1, min_num=1, validate_min=True)(
        {"p-TOTAL_FORMS": "1", "p-INITIAL_FORMS": "0", "p-0-what": "x"}, prefix="p"
    )
    targets = [line.target for line in summary_lines(formset)]

    assert "id_p-0-due" in targets


def test_unbound_and_missing_forms_have_no_lines():
    assert summary_lines(PaperForm(), None) == []


@pytest.mark.parametrize("text", ["26.11.2026", " 26.11.26 ", "2026-11-26"])
def test_dates_are_read_as_people_write_them(text):
    form = PaperForm({**FILLED, "due": text})

    assert form.is_valid()
    assert form.cleaned_data["due"] == date(2026, 11, 26)


@pytest.mark.parametrize("text", ["09.00", "9:00", "0900", "kl. 9.00"])
def test_times_are_read_as_people_write_them(text):
    form = PaperForm({**FILLED, "start": text})

    assert form.is_valid()
    assert form.cleaned_data["start"] == time(9, 0)


def test_dates_and_times_are_shown_as_norwegians_write_them():
    form = PaperForm(initial={"due": date(2026, 11, 26), "start": time(9, 0)})

    assert 'value="26.11.2026"' in str(form["due"])
    assert 'value="09.00"' in str(form["start"])


def test_crispy_writes_the_whole_form_with_its_layout():
    form = PaperForm()
    form.helper = FormHelper()
    form.helper.layout = Layout(
        Fieldset("Før du sender", "what", Row("due", "start")), "done", "goal", "sure", "good"
    )
    form.helper.add_input(Submit("send", "Send til veilederne"))
    html = crispy_tag(form)

    assert '<legend class="ds-heading" data-size="sm">Før du sender</legend>' in html
    assert '<div class="row-fields"' in html
    assert 'name="csrfmiddlewaretoken"' in html
    assert 'value="Send til veilederne"' in html
    assert 'method="post" novalidate>' in html


def test_one_field_on_its_own_is_drawn_alike():
    form = PaperForm()

    assert form["what"].as_field_group() in native(PaperForm())


def test_a_help_text_is_text():
    class Typed(forms.Form):
        name = forms.CharField(help_text="<script>alert(1)</script>")

    assert "&lt;script&gt;alert(1)" in str(Typed()["name"].as_field_group())
