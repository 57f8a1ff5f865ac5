"""The words a letter has until Udir changes them for an opptak.

Placeholders stand in braces; these and no others are known:
kommune         the applicant: «Elveskar kommune»
pulje           the programme and the pulje: «Læringsmiljøprosjektet, pulje 10»
periode         when the pulje runs: «fra høsten 2027 til våren 2029»
svarfrist       the last day to answer, in words: «fredag 15. januar 2027»
antall_enheter  what takes part: «tre skoler og to barnehager»
embete          the statsforvalter: «Statsforvalteren i Innsjø og Fjell»
prioritet       the rank on its list: «2»

An empty line parts paragraphs; a line that starts with «- » is an item of a list.
"""

PLACEHOLDERS = (
    "kommune",
    "pulje",
    "periode",
    "svarfrist",
    "antall_enheter",
    "embete",
    "prioritet",
)

LetterTexts = dict[str, str]

# By outcome; the keys are the columns of a LetterTemplate. Words of design 14-brev-bm and -nn.
DEFAULT_LETTERS: dict[str, LetterTexts] = {
    "tilbud": {
        "title_bm": "Dere er invitert til {pulje}",
        "title_nn": "De er inviterte til {pulje}",
        "intro_bm": (
            "Takk for søknaden. Vi inviterer {kommune} til å delta {periode}, med "
            "{antall_enheter}.\n\n"
            "Svar ja eller nei i portalen innen {svarfrist}. Svarer dere ikke, går plassen til "
            "neste på reservelista."
        ),
        "intro_nn": (
            "Takk for søknaden. Vi inviterer {kommune} til å delta {periode}, med "
            "{antall_enheter}.\n\n"
            "Svar ja eller nei i portalen innan {svarfrist}. Svarer de ikkje, går plassen til "
            "neste på reservelista."
        ),
        "closing_bm": (
            "- Eieren leder styringsgruppa, og styrer eller rektor leder arbeidsgruppa i hver "
            "enhet.\n"
            "- Dere deltar i alle semestrene.\n"
            "- Dere peker ut hvem som leder styringsgruppa, og hvem som er kontakt i PPT.\n"
            "- Vi dekker veiledere og samlinger. Dere dekker tid og vikarer til møtene.\n\n"
            "Dato og program for oppstartssamlingen kommer senere."
        ),
        "closing_nn": (
            "- Eigaren leier styringsgruppa, og styrar eller rektor leier arbeidsgruppa i kvar "
            "eining.\n"
            "- De deltek i alle semestera.\n"
            "- De peikar ut kven som leier styringsgruppa, og kven som er kontakt i PPT.\n"
            "- Vi dekkjer rettleiarar og samlingar. De dekkjer tid og vikarar til møta.\n\n"
            "Dato og program for oppstartssamlinga kjem seinare."
        ),
    },
    "reserve": {
        "title_bm": "Dere står på reservelista til {pulje}",
        "title_nn": "De står på reservelista til {pulje}",
        "intro_bm": (
            "Takk for søknaden. Plassene er fordelt, og {kommune} står på reservelista. Dere får "
            "tilbud hvis noen foran dere takker nei.\n\n"
            "Dere trenger ikke å gjøre noe nå. Blir det en plass til dere, får dere brev og en ny "
            "svarfrist."
        ),
        "intro_nn": (
            "Takk for søknaden. Plassane er fordelte, og {kommune} står på reservelista. De får "
            "tilbod dersom nokon framfor dykk takkar nei.\n\n"
            "De treng ikkje å gjere noko no. Blir det ein plass til dykk, får de brev og ein ny "
            "svarfrist."
        ),
        "closing_bm": "Har dere spørsmål, kan dere kontakte {embete}.",
        "closing_nn": "Har de spørsmål, kan de kontakte {embete}.",
    },
    "avslag": {
        "title_bm": "Dere fikk ikke plass i {pulje}",
        "title_nn": "De fekk ikkje plass i {pulje}",
        "intro_bm": (
            "Takk for søknaden. Vi kan dessverre ikke gi {kommune} plass denne gangen.\n\n"
            "Dere kan søke igjen når neste pulje åpner."
        ),
        "intro_nn": (
            "Takk for søknaden. Vi kan diverre ikkje gi {kommune} plass denne gongen.\n\n"
            "De kan søkje igjen når neste pulje opnar."
        ),
        "closing_bm": "Har dere spørsmål, kan dere kontakte {embete}.",
        "closing_nn": "Har de spørsmål, kan de kontakte {embete}.",
    },
}
