"""Forms that are read for spots where somebody may be recognised."""

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string

from cohorts.forms.answer import AnswerUnitForm
from cohorts.forms.candidate import ContactForm
from cohorts.forms.paper import (
    HINT,
    LONGEST,
    OF_CHILDREN,
    PaperForm,
    hints_in,
    only_hints,
    summary_title,
    text_area,
)
from cohorts.forms.soeknad_review import SendForm
from cohorts.rules.look_over import (
    is_small,
    replaced,
    seen_keys,
    segments,
    spots_in,
    without_national_ids,
)
from tests.factories.papers import NATIONAL_ID

STORY = "Mor til N.N. ringte 911 22 333."


class StoryForm(PaperForm):
    story = text_area("Fortellingen", required=True)
    referent = forms.CharField(required=False)
    email = forms.EmailField(required=False)


class ShortForm(StoryForm):
    always_sending = True


class OfficialForm(ShortForm):
    looks_for = OF_CHILDREN


def posted(**values):
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def keys(form):
    return [spot.key for spot in form.hints]


# --- rules --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("children", "small"), [(None, False), (0, True), (29, True), (30, False)])
def test_small(children, small):
    assert is_small(children) is small


def test_a_spot_is_known_again_by_its_words_and_its_field():
    first, again = (spots_in(text, field="a", label="") for text in (STORY, f"Nå. {STORY}"))
    other = spots_in(STORY, field="b", label="")

    assert [spot.text for spot in first] == ["Mor til N.N.", "911 22 333"]
    assert [spot.key for spot in first] == [spot.key for spot in again]
    assert {spot.key for spot in first} & {spot.key for spot in other} == set()


def test_every_spot_with_the_same_words_is_replaced():
    text = "Vi ringte mor til N.N. i går, og mor til N.N. i dag."
    key = spots_in(text, field="a", label="")[0].key

    assert (
        replaced(text, field="a", key=key) == "Vi ringte en forelder i går, og en forelder i dag."
    )
    assert replaced(text, field="b", key=key) == text


def test_what_has_no_replacement_stands():
    spot = spots_in("Ring 911 22 333.", field="a", label="")[0]

    assert replaced("Ring 911 22 333.", field="a", key=spot.key) == "Ring 911 22 333."


def test_segments_are_the_whole_text():
    pieces = segments(STORY, spots_in(STORY, field="a", label=""))

    assert "".join(text for text, _is_spot in pieces) == STORY
    assert [text for text, is_spot in pieces if is_spot] == ["Mor til N.N.", "911 22 333"]


def test_numbers_are_taken_away():
    assert (
        without_national_ids(f"Elev ({NATIONAL_ID}), og {NATIONAL_ID} til.") == "Elev (), og til."
    )


def test_keys_that_come_back():
    assert seen_keys(["a b", "", "c"]) == {"a", "b", "c"}


# --- the form -----------------------------------------------------------------------------------


def test_a_draft_is_never_stopped():
    form = StoryForm(posted(story=STORY))

    assert form.is_valid()
    assert form.hints == []


def test_what_is_sent_is_stopped_and_kept():
    form = StoryForm(posted(story=STORY), sending=True)

    assert not form.is_valid()
    assert form.errors == {"story": ["Se over «Mor til N.N.» og «911 22 333»."]}
    assert form.cleaned_data["story"] == STORY
    assert only_hints([form])
    assert summary_title([form], sending=True) == "Se over teksten før du sender"


def test_the_tick_lets_it_through():
    shown = StoryForm(posted(story=STORY), sending=True)
    shown.is_valid()

    form = StoryForm(posted(story=STORY, sett_over=" ".join(keys(shown))), sending=True)

    assert form.is_valid()
    assert len(form.hints) == 2


def test_the_tick_may_come_in_a_plain_dict():
    shown = ShortForm({"story": STORY})
    shown.is_valid()

    assert ShortForm({"story": STORY, "sett_over": " ".join(keys(shown))}).is_valid()


def test_another_text_must_be_looked_over_again():
    shown = ShortForm(posted(story=STORY))
    shown.is_valid()

    form = ShortForm(posted(story=f"{STORY} Faren kom.", sett_over=" ".join(keys(shown))))

    assert form.errors == {"story": ["Se over «Faren»."]}


def test_a_text_with_fewer_spots_needs_no_new_look():
    shown = ShortForm(posted(story=STORY))
    shown.is_valid()

    assert ShortForm(posted(story="Mor til N.N. kom.", sett_over=" ".join(keys(shown)))).is_valid()


def test_one_tick_serves_two_forms():
    first, second = (ShortForm(posted(**{f"{p}-story": STORY}), prefix=p) for p in "ab")
    first.is_valid(), second.is_valid()
    tick = " ".join([*keys(first), *keys(second)])

    data = posted(**{"a-story": STORY, "b-story": STORY, "sett_over": tick})

    assert [ShortForm(data, prefix=p).is_valid() for p in "ab"] == [True, True]
    assert len(hints_in([first, second])) == 4


def test_a_name_is_no_spot_where_a_name_is_asked_for():
    form = ShortForm(posted(story="Vi øver.", referent="Kari Testvik", email="kari@eksempel.no"))

    assert form.is_valid()


def test_officials_write_names_and_phone_numbers():
    assert OfficialForm(posted(story="Kari Testvik, 911 22 333, svarer i morgen.")).is_valid()
    assert not OfficialForm(posted(story="Mor til N.N. klaget.")).is_valid()


def test_a_number_is_refused_first_and_never_among_the_spots():
    form = ShortForm(posted(story=f"Mor til N.N., født {NATIONAL_ID}"))

    assert not form.is_valid()
    assert form.holds_national_id()
    assert form.hints == []
    assert NATIONAL_ID not in str(form.errors)


@pytest.mark.parametrize("text", [" ", "\t\r\n", "\u00a0 \u2003"])
def test_blanks_alone_are_no_text(text):
    assert ShortForm(posted(story=text)).errors["story"].as_data()[0].code == "required"


def test_there_is_room_for_what_is_pasted():
    assert LONGEST >= 20_000
    assert ShortForm(posted(story="• Vi øver 😀 " * 1_600)).is_valid()


def test_a_text_that_is_too_long_is_an_error_and_stays():
    form = ShortForm(posted(story="a" * (LONGEST + 1)))

    assert form.errors["story"].as_data()[0].code == "max_length"
    assert len(form["story"].value()) == LONGEST + 1


# --- the piece of the page ----------------------------------------------------------------------


def drawn(**context):
    return render_to_string("_ui/see_over.html", context)


def test_nothing_is_drawn_without_spots():
    assert "see" not in drawn(form=ShortForm()).strip()
    assert "checkbox" not in drawn(form=ShortForm(posted(story="Vi øver.")), forms=[None])


def test_the_spots_are_drawn_with_advice_and_one_tick():
    form = ShortForm(posted(story=STORY))
    form.is_valid()

    html = drawn(form=form)

    assert "Se over to steder før du sender" in html
    assert "«Mor til N.N.»" in html
    assert html.count('type="checkbox"') == 1
    assert f'value="{" ".join(keys(form))}"' in html


def test_markup_in_a_spot_is_text():
    form = ShortForm(posted(story="Ring <b>911 22 333</b> og mor til <script>Ali</script>"))
    form.is_valid()

    html = drawn(forms=[form, None])

    assert "<script>" not in html
    assert "«Ali»" in html


def test_a_tick_that_stood_stands():
    shown = ShortForm(posted(story=STORY))
    shown.is_valid()
    form = ShortForm(posted(story=STORY, sett_over=" ".join(keys(shown))))
    form.is_valid()

    assert " checked" in drawn(form=form)


# --- the forms of the portal --------------------------------------------------------------------


def test_the_texts_of_a_soeknad_are_looked_over_when_it_is_sent():
    texts = [("challenges", "Utfordringer", "Faren til Ali på 3. trinn klager."), ("x", "", "Ro")]
    options = {"confirmations": [], "owner": "Storvik", "late": False, "texts": texts}
    form = SendForm(posted(), **options)

    assert not form.is_valid()
    assert form.non_field_errors() == ["Se over stedene under."]
    assert [spot.label for spot in form.hints] == ["Utfordringer"]
    assert SendForm(posted(sett_over=" ".join(keys(form))), **options).is_valid()


def test_forms_that_ask_for_people_are_not_stopped_by_their_names():
    assert {"leader_name"} <= AnswerUnitForm.not_looked_at
    assert ContactForm.looks_for == OF_CHILDREN


def test_the_code_of_a_hint():
    form = ShortForm(posted(story=STORY))

    assert form.errors["story"].as_data()[0].code == HINT
