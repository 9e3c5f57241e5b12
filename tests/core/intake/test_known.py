"""Who was named before a sentence, and whom its pronouns and quotation marks then mean. Names are invented."""

import pytest

from bot.core.intake.speech import Last, named_last, restored, speakers_in, with_quoted
from bot.core.intake.speech.forms import english, german, parted, spanish

OUTLET = "Lake Courier"


def read(*sentences: str) -> list[tuple[str, ...]]:
    """The speakers of each sentence of a paragraph."""
    found, last = [], Last()
    for sentence in restored(sentences):
        found.append(speakers_in(sentence, OUTLET, last))
        last = named_last(sentence, found[-1], OUTLET, last)
    return with_quoted(sentences, found)


@pytest.mark.parametrize(
    ("before", "sentence", "who"),
    [
        (["The clerk Ilona Farrant left.", "The shipowner Casper Noll said that 40 drowned.", "Ms Farrant is tired."],
         "She says that she repaid it in August.", "Ilona Farrant"),
        (["The economist Jonas Vell left the bank.", "Didrik Hame accused it of theft.", "Vell finds the charge cheap."],
         "He recalls that Hame sat on its board until 2016.", "Jonas Vell"),
        (["Greta Sund is at her best with numbers.", "Hal Brennecke, its director, wrote to him."],
         "She points out that the budget rose by 22 percent.", "Greta Sund"),
        (["Die Ökonomin Sabine Rehwald hält die Darstellung für bequem."],
         "Ihren Berechnungen zufolge stieg der Preis um 41 Prozent.", "Sabine Rehwald"),
        (["The inquiry heard 203 witnesses."], "It puts the number at between 250 and 300 victims.", "inquiry"),
        (["The contractor, Stonebridge-Ito, sees things differently."],
         "In a letter it blames a pocket of gravel that had not been mapped.", "Stonebridge-Ito"),
        (["A commission of inquiry heard 61 people."], "Its report concludes that a line fell at 6.52 p.m.", "commission"),
        (["Die Netzagentur sieht die Versorgung nicht in Gefahr."],
         "Im Herbst waren es 3 Terawattstunden, heißt es in ihrem Bericht.", "Netzagentur"),
        (["She obtained the entry statistics for 2018."], "They show that the list grew to 1.2 million names.", "entry statistics"),
        (["The reporter Imke Sallow went there.", "Dunya Reth runs the pantry."],
         "The writer leaves no doubt: rents, she writes, rose by 19 per cent.", "Imke Sallow"),
        (["Tobin Aldersee, an engineer, finds this hard to believe."],
         "In his estimate, 40 percent is lost.", "Tobin Aldersee"),
        (["Der Landesrechnungshof hat die Zuschüsse geprüft und legte seinen Bericht vor."],
         "Demnach überwies das Land 48,6 Millionen Euro.", "Landesrechnungshof"),
        (["„Dieses Geld fehlt“, sagte die Unternehmerin Birgit Sandvoss der Redaktion."],
         "Ihr Unternehmen habe 410 Millionen Kronen eingeplant.", "Birgit Sandvoss"),
        (["El concejal del ramo, Anselmo Quiroga, no lo duda."], "«Hemos cerrado dos de las tres perreras», declaró al diario.",
         "Anselmo Quiroga"),
        (["The widow, Dora Hale, told the Post that 40 people came."],
         "Mina Hale died at three months, she says, of a fever.", "Dora Hale"),
        (["The nurse Noor Estevan runs the clinic."],
         "Her colleague Tam Willick, she recalls, kept 45 doses in a freezer.", "Noor Estevan"),
    ],
)  # fmt: skip
def test_whom_a_pronoun_means(before: list[str], sentence: str, who: str) -> None:
    assert read(*before, sentence)[-1][:1] == (who,)


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("The dam broke.", "It showed that 40 homes stood too low."),
        ("The new law came into force in 2024.", "It says that every dam is to be checked every 5 years."),
        ("The Harbour Board wrote to 40 residents.", "They said that the water tasted of oil."),
        ("The police arrested Piers Lathom.", "They said that he had stolen 40 cars."),
        ("The city saw “A Quiet Scandal” in May.", "She said that 40 people knew."),
        (
            "Jan Holm sagte, das Bad koste 4 Millionen.",
            "Der Vorwurf, er habe 40.000 Euro veruntreut, führte zu einer Klage.",
        ),
        ("Jan Holm sagte, das Bad koste 4 Millionen.", "Gott sei Dank wurde niemand von den 40 verletzt."),
        ("Jan Holm sagte, das Bad koste 4 Millionen.", "Alle zahlen 4 Euro, sei es bar oder mit Karte."),
        ("Die Behörde teilte mit, dass 40 Menschen starben.", "Es sei denn, jemand habe 3 Tote übersehen."),
        ("El alcalde visitó a Marta Olaizu en mayo.", "Aseguró que murieron 40 obreros."),
    ],
)
def test_a_pronoun_that_fits_nobody_names_nobody(before: str, sentence: str) -> None:
    assert read(before, sentence)[-1] == ()


def test_a_pronoun_means_the_text_where_the_text_was_spoken_of() -> None:
    assert read("The article is long.", "The article claims that 40 left.", "It says that 50 stayed.")[-1] == (OUTLET,)


def test_a_quotation_over_sentences_is_its_speakers() -> None:
    said = read("“It was a decision.", "It saved 310,000 dollars,” Rosalind Ash told the reporters.")
    assert said == [("Rosalind Ash",), ("Rosalind Ash",)]
    said = read('"I asked for 90,000 florins.', 'They gave me a sign," Oriel Sander is quoted as saying.')
    assert said == [("Oriel Sander",), ("Oriel Sander",)]


def test_a_quotation_alone_is_who_spoke_right_before() -> None:
    said = read("“Nobody planned it,” Jorun Mattick said.", "“We ran out of patience.”", "Forty ships waited.")
    assert said == [("Jorun Mattick",), ("Jorun Mattick",), ()]


def test_a_quotation_is_not_carried_to_another() -> None:
    assert read("Harlow calls its plant “the cleanest of all”.", "“In my street 40 children cough.”")[-1] == ()
    said = read("“It is safe,” said Ilona Farrant.", "“It is a lie.”", "With these words Piers Lathom left.")
    assert said[1] == ()


def test_a_mark_that_nothing_closes_opens_nothing() -> None:
    assert restored(["He is 6' 2\" tall.", "The board said so."]) == ["He is 6' 2\" tall.", "The board said so."]


def test_forms_of_verbs() -> None:
    assert {"deny", "denies", "denied"} == english("deny")
    assert {"meldet", "melden", "meldete", "meldeten"} == german("melden").finite
    assert {"schreibt", "schreiben", "schrieb", "schrieben"} == german("schreiben schreibt schrieb geschrieben").finite
    assert {"mitgeteilt", "dokumentiert"} == german("mit~teilen|dokumentieren").participles
    assert parted("mit~teilen")["teilte"] == {"mit"}
    assert {"reconoce", "reconocieron", "reconocía"} <= spanish("reconocer").finite
    assert {"dijeron", "sostuvieron", "mostró"} <= spanish(
        "decir dice dijo|sostener sostiene sostuvo|mostrar muestra"
    ).finite
    assert {"dicho"} == spanish("decir dice dijo dicho").participles
