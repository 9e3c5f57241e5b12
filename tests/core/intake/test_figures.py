"""Figures, dates, speakers, statements: a table each."""

from typing import Any

import pytest

from bot.core.intake import statement_in
from bot.core.intake.blocks import BlockKind, blocks_of, sentences_of
from bot.core.intake.dates import dates_in
from bot.core.intake.figures import figures_in
from bot.core.intake.speech import speakers_in


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("over 1,200 civilians were hurt", [("over 1,200", 1200, "civilians")]),
        ("hundreds of civilian casualties", [("hundreds", (200, 999), "civilian casualties")]),
        ("an estimated 250,000 forced to flee", [("an estimated 250,000", 250000, "forced")]),
        ("It fell by 4.1 percent to 38.7 billion crowns", [("4.1", 4.1, "percent"), ("38.7 billion", 38.7, "billion crowns")]),
        ("64% pay for it", [("64%", 64, "percent")]),
        ("gives between 900 and 1,100 deaths", [("between 900 and 1,100", (900, 1100), "deaths")]),
        ("8,000 to 9,500 head of cattle", [("8,000 to 9,500", (8000, 9500), "head")]),
        ("by 19 votes to 14", [("19", 19, "votes"), ("14", 14, "votes")]),
        ("Fast jeder fünfte Lachs von dort starb", [("Fast jeder fünfte", 0.2, "Lachs")]),
        ("Every third household of the town, every second year", [("Every third", 0.333, "household")]),
        ("cut from 22 to 13 people", [("22", 22, "people"), ("13", 13, "people")]),
        ("Seventeen patients within thirty-two days", [("Seventeen", 17, "patients"), ("thirty-two", 32, "days")]),
        ("rund 40 Tonnen, 5.200 Haushalte und 7,9 Milligramm", [
            ("rund 40", 40, "Tonnen"), ("5.200", 5200, "Haushalte"), ("7,9", 7.9, "Milligramm")]),
        ("más de 1.400 pozos y 61,5 millones", [("más de 1.400", 1400, "pozos"), ("61,5 millones", 61.5, "millones")]),
        ("on 6 February 2025 at 3.48 a.m., in 2024 and the 1990s", []),
        ("report no. 6, page 12, and nobody the wiser", []),
        ("one household in six is in debt, two children in five read", [
            ("one household in six", 0.167, "household"), ("two children in five", 0.4, "children")]),
        ("one person in four feet of water", [("one", 1, "person"), ("four", 4, "feet")]),
        ("one visit in four years", [("one", 1, "visit"), ("four", 4, "years")]),
        ("one in six posts, three in ten and two thirds of the dead", [
            ("one in six", 0.167, "posts"), ("three in ten", 0.3, "posts"), ("two thirds", 0.667, "dead")]),
        ("more than half of the children, a quarter of a point", [
            ("more than half", 0.5, "children"), ("a quarter", 0.25, "point")]),
        ("the third quarter, the eastern half, its fifth cut", []),
        ("tres de cada cuatro camas y la mitad de los pozos", [("tres de cada cuatro", 0.75, "camas"), ("la mitad", 0.5, "pozos")]),
        ("gut ein Fünftel der Ausgaben", [("gut ein Fünftel", 0.2, "Ausgaben")]),
        ("between six and eleven years", [("between six and eleven", (6, 11), "years")]),
        ("zwischen elf und dreizehn Wochen", [("zwischen elf und dreizehn", (11, 13), "Wochen")]),
        ("de 620 coronas en enero de 2020 a 1.085 coronas", [("620", 620, "coronas"), ("1.085", 1085, "coronas")]),
        ("diecisiete granjas, once días y más de cinco mil vecinos", [
            ("diecisiete", 17, "granjas"), ("más de cinco mil", 5000, "vecinos")]),
        ("durante los once días", [("once", 11, "días")]),
        ("€36,000 and $6.8 million for one dispatcher", [
            ("36,000", 36000, "€"), ("6.8 million", 6.8, "million $"), ("one", 1, "dispatcher")]),
        ("19 of its 22 schools, and 61 of these cases", [
            ("19", 19, "schools"), ("22", 22, "schools"), ("61", 61, "cases")]),
        ("16 beds instead of 28", [("16", 16, "beds"), ("28", 28, "beds")]),
        ("from 98 auf 134 Millionen Taler", [("98", 98, "Millionen Taler"), ("134 Millionen", 134, "Millionen Taler")]),
        ("del 12 al 15 de junio de 2025, a las siete, and once upon a time one would", []),
        ("the Seven Fords met in ward 7", []),
        ("£1.2m for 40 m of track", [("1.2m", 1.2, "million £"), ("40", 40, "m")]),
        ("It weighs 1 234.567,8 tonnes or 1’234.567,8 francs", [
            ("1 234.567,8", 1234567.8, "tonnes"), ("1’234.567,8", 1234567.8, "francs")]),
        ("paid 1'000.000.5 once, 1 000,000.0 twice, 12 345,678,9 bags", [
            ("1'000.000.5", 1000000.5, "once"), ("1 000,000.0", 1000000.0, "twice"), ("12 345,678,9", 12345678.9, "bags")]),
        ("ſeven people, sıx geese, FİVE hens, fıve percent of it", [
            ("ſeven", 7, "people"), ("sıx", 6, "geese"), ("FİVE", 5, "hens"), ("fıve", 5, "percent")]),
        ("one in ſeven boats, a thırd of the dead, thouſands died, two thouſand fled", [
            ("one in ſeven", 0.143, "boats"), ("a thırd", 0.333, "dead"), ("thouſands", (2000, 9999), "died"), ("two thouſand", 2000, "fled")]),
        ("", []),
    ],
)  # fmt: skip
def test_figures(sentence: str, found: list[Any]) -> None:
    assert [(f.text, f.value, f.unit) for f in figures_in(sentence)] == found
    assert all(sentence[f.start :].startswith(f.text) for f in figures_in(sentence))


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("on 20 May 2025 and since March 2025", ["2025-05-20", "2025-03"]),
        ("Between January and June 2025", ["2025-01", "2025-06"]),
        ("October 30, 2025, then 2025-11-02", ["2025-10-30", "2025-11-02"]),
        ("am 9. August 2025, im Oktober 2022, seit 2019", ["2025-08-09", "2022-10", "2019"]),
        ("el 2 de junio de 2025 y en agosto de 2023", ["2025-06-02", "2023-08"]),
        ("in 2010 there were 21, and they may march", ["2010"]),
        ("2,025 people and 2000 households", []),
        ("on 31 February 2025, 2023-06-31, 29 February 2024", ["2025-02", "2023-06", "2024-02-29"]),
        ("between 29 February and 3 March 2025", ["2025-02", "2025-03-03"]),
        ("in 20٢٥, on ٣ May and 2025-٠٣", []),
        ("3 Aprıl 2025 and 4 AuguſT 2024", ["2025-04-03", "2024-08-04"]),
    ],
)
def test_dates(sentence: str, found: list[str]) -> None:
    assert dates_in(sentence) == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("According to the MDA, most of those who left were old.", ("MDA",)),
        ("The Ministry of Labour said on 3 November that it knew.", ("Ministry of Labour",)),
        ("Harnwerk declared that its engineers had acted.", ("Harnwerk",)),
        ("Teksel denied that the boats had anything to do with it.", ("Teksel",)),
        ("Lost orders worth 5 crowns, the Yards Association told the paper.", ("Yards Association",)),
        ("The hospital’s spokesman, Jonas Ferrel, told the paper that it had.", ("Jonas Ferrel",)),
        ("The article claims that 96 stalls stand there.", ("The Courier",)),
        ("The ministry, quoted by the agency Coastwire, said that it burned.", ("ministry", "Coastwire")),
        ("Laut Betriebsrat sind es 60 Prozent.", ("Betriebsrat",)),
        ("Según el Instituto Hidrológico, el nivel ha descendido.", ("Instituto Hidrológico",)),
        ("Three bridges fell on Tuesday.", ()),
    ],
)
def test_speakers(sentence: str, found: tuple[str, ...]) -> None:
    assert speakers_in(sentence, "The Courier") == found


@pytest.mark.parametrize(
    ("sentence", "statement"),
    [
        ("The article notes that 14 boats lay chained at the pier.", "14 boats lay chained at the pier"),
        ("According to the MDA, most of those who left were pensioners.", "most of those who left were pensioners"),
        (
            "The flood killed 8,000 head of cattle, according to the Herders’ Union.",
            "The flood killed 8,000 head of cattle",
        ),
        ("Three bridges fell on Tuesday.", "Three bridges fell on Tuesday"),
        (
            "Shipyards lost orders worth 5 crowns, the Yards Association told the paper.",
            "Shipyards lost orders worth 5 crowns",
        ),
        ("Prof. Torn told the Courier on 3 May 2025 that the mains were laid in 1911.", "the mains were laid in 1911"),
        ("La compañía asegura que 900 pozos siguen abiertos.", "900 pozos siguen abiertos"),
        ("Das Amt räumte ein, dass 61 Stellen unbesetzt sind.", "Das Amt räumte ein, dass 61 Stellen unbesetzt sind"),
        ("Etwa 60 Prozent sind angestellt, schätzt der Betriebsrat.", "Etwa 60 Prozent sind angestellt"),
        # what somebody denies, or did not say, is not what they state
        (
            "The ministry has denied that any mill was attacked in May.",
            "The ministry has denied that any mill was attacked in May",
        ),
        ("The report does not say that 40 people died there.", "The report does not say that 40 people died there"),
        ("El Gobierno niega que 900 pozos sigan abiertos.", "El Gobierno niega que 900 pozos sigan abiertos"),
        # no half of a sentence goes with who says it
        (
            "In the second stage, according to the article, 31 mills were destroyed.",
            "In the second stage, according to the article, 31 mills were destroyed",
        ),
        (
            "According to Lise Oudrey, a former manager, the team was dissolved.",
            "According to Lise Oudrey, a former manager, the team was dissolved",
        ),
        (
            "The bill was paid in full, the board confirmed nine deaths.",
            "The bill was paid in full, the board confirmed nine deaths",
        ),
        (
            "It follows a report by the board that names three causes of the fire.",
            "It follows a report by the board that names three causes of the fire",
        ),
        (
            "To show that wars can end, the essay recalls the strike of 1974.",
            "To show that wars can end, the essay recalls the strike of 1974",
        ),
    ],
)
def test_a_statement_is_cut_from_its_sentence_and_never_reworded(sentence: str, statement: str) -> None:
    assert statement_in(sentence) == statement
    assert statement in sentence


@pytest.mark.parametrize(
    ("sentence", "statement"),
    [
        ("The Rail Safety Board found that 40 trains were late in 2024.", "40 trains were late in 2024"),
        (
            "The trust’s finance director, Alan Prowse, says that two theatres have been shut.",
            "two theatres have been shut",
        ),
        ("Ada Byron, who keeps the harbour log, says that 40 boats sank in 2024.", "40 boats sank in 2024"),
        ("In its report, the board says that the dam was unsafe in 2024.", "the dam was unsafe in 2024"),
        ("According to documents obtained by the paper, 40 people died in 2024.", "40 people died in 2024"),
        ("40 Boote sanken im Sturm von 2024, schätzt der Betriebsrat.", "40 Boote sanken im Sturm von 2024"),
        ("Cuarenta barcos se perdieron en 2024, según la junta del puerto.", "Cuarenta barcos se perdieron en 2024"),
        (
            "La directora, Rosa Medín, reconoció ante la revista que doce peces murieron en 2023.",
            "doce peces murieron en 2023",
        ),
        (
            "„Von den Wohnungen sind 58 vermietet“, sagte der Bauträger dem Kurier.",
            "„Von den Wohnungen sind 58 vermietet“",
        ),
    ],
)
def test_who_says_it_is_cut_off(sentence: str, statement: str) -> None:
    assert statement_in(sentence) == statement


@pytest.mark.parametrize(
    "sentence",
    [
        "In its report on the flood of 2024, the board found the dam was safe.",
        "Ada Byron, who lost her house in the flood of 2024, says the dam was unsafe.",
        "After the flood in which 40 people died, the board said the dam was safe.",
        "On 3 May 2024, two days before the flood, the board confirmed the cracks.",
        "Anna Roth, die 2024 ihr Haus verlor, sagte der Zeitung.",
        "The firm, not the board, says the dam held.",
        "The firm doesn’t claim that the dam was safe in 2024.",
        "The firm couldn't say that the dam was safe in 2024.",
        "The firm refused to say that the dam was safe in 2024.",
        "The firm was unable to confirm that the dam was safe in 2024.",
        "The firm has yet to confirm that the dam was safe in 2024.",
        "Hardly anyone says that the dam was safe in 2024.",
        "Few residents say that the dam was safe in 2024.",
        "The report mistakenly says that the dam was safe in 2024.",
        "It is false to claim that the dam was safe in 2024.",
        "The minister lied when he said that the dam was safe in 2024.",
        "The board would say that the dam was safe in 2024 only if asked.",
        "Das Amt behauptet fälschlich, dass der Damm 2024 sicher war.",
        "Das Amt behauptet zu Unrecht, dass der Damm 2024 sicher war.",
        "Kaum jemand sagt, dass der Damm 2024 sicher war.",
        "La junta jamás dijo que la presa era segura en 2024.",
        "El alcalde mintió cuando dijo que la presa era segura en 2024.",
        "El alcalde miente y dice que la presa era segura en 2024.",
        "If the board says that the dam is safe, the town will stay.",
        "Unless the board says that the dam is safe, the town will go.",
        "Had the board said that the dam is safe, the town had stayed.",
        "Suppose the board says that the dam is safe for the town.",
        "Without having found that the dam was safe, the board left.",
        "Wenn das Amt sagt, dass der Damm sicher ist, bleibt die Stadt.",
        "Those who claim that the dam was safe are wrong in the end.",
        "The idea that the firm found that the dam was safe is a joke.",
        "Wer sagt, dass der Damm sicher ist, irrt sich gewaltig.",
        "Quien dice que la presa es segura se equivoca mucho.",
        "El rumor que dice que la presa es segura es falso.",
        "Dass das Amt behauptet, dass der Damm sicher ist, ist falsch.",
        "The dam, which the board says that nobody checked, was safe.",
        "Did the board say that the dam was safe in 2024?",
        "¿Quién dice que la presa era segura en 2024?",
        "The article debunks a claim: 40 people died in the flood of 2024.",
        "The article corrects a myth: 40 people died in the flood of 2024.",
        "According to a forged letter, the dam was safe in the year 2024.",
        "According to plan, the dam was rebuilt in the year 2024.",
        "Según un bulo, la presa era segura en el año 2024.",
        "The dam was safe in the year 2024, a debunked post claimed.",
        "The dam was safe in the year 2024, a myth the paper reports.",
        "The dam was safe in the year 2024, the opposite of what the firm says.",
        "According to the firm, which the court says lied, 40 people died in it.",
        "The town owes the bank 40 million, according to which it must pay.",
        "The headline ‘Experts say that salt cures fever’ is a joke of the paper.",
        "The dam broke in May, and the board says that nobody was there to see it.",
        "Der Damm war 2024 sicher, laut Amt eine Lüge.",
        # a noun, not the verb of saying; a denial; a demand; a promise; a source that nobody believes
        "The Harbour Board rejects reports that 40 people died in the flood of 2019.",
        "The ministry withdrew its report that the mayor took 40,000 pounds.",
        "Ms Holt fought the claim that she took 40,000 pounds from the fund.",
        "The article picks apart the claim that 40 people died in the flood of 2019.",
        "The data contradict reports that 40 people died in the flood of 2019.",
        "The union insisted that the factory be closed for a month.",
        "The board suggested that the mayor resign before the vote.",
        "The company pledged that every worker will be paid in full.",
        "The moment the board admits that the dam is unsafe, it will pay.",
        "The retracted study found that vaccines cause fever in most children.",
        "Die Kammer verteidigte sich gegen die Angabe, dass die Brücke 2019 in 40 Fällen unsicher war.",
        "Die Kammer meldete Zweifel an, dass 2019 genau 40 Menschen starben.",
        "Die Kammer erklärte die Angabe für haltlos, dass 2019 genau 40 Menschen starben.",
        "Die Kammer warnte vor dem Glauben, dass 2019 genau 40 Menschen starben.",
        "La norma establece que los 40 vecinos salgan de casa en 2029.",
        "El ministro sugirió que la presa se cierre en mayo.",
        "La junta dice que cierren la presa de Montalar en mayo.",
        "La junta archiva la denuncia que afirma que la presa era insegura en 2019.",
        "La novela relata que la presa era insegura en 2019.",
    ],
)
def test_nothing_is_cut_where_more_than_a_speaker_would_go(sentence: str) -> None:
    assert statement_in(sentence).removesuffix(".") == sentence.removesuffix(".")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "He left. She stayed! Did it rain? “It did.” Then",
            ["He left.", "She stayed!", "Did it rain?", "“It did.”", "Then"],
        ),
        (
            "Dr. Marrant of St. Anna paid 3.5 crowns. Nobody else did.",
            ["Dr. Marrant of St. Anna paid 3.5 crowns.", "Nobody else did."],
        ),
        (
            "In der Nacht zum 9. August 2025 trieb er. Dann nicht.",
            ["In der Nacht zum 9. August 2025 trieb er.", "Dann nicht."],
        ),
        (
            "Er stieg in der 44. Runde aus. Platz 3. Der Rest fehlt.",
            ["Er stieg in der 44. Runde aus.", "Platz 3.", "Der Rest fehlt."],
        ),
        ("Er begann am 9. Danach fehlten 40 Euro.", ["Er begann am 9.", "Danach fehlten 40 Euro."]),
        ("It was a flat no. The minister left.", ["It was a flat no.", "The minister left."]),
        ("Report no. 6 of Sen. Marsh is out.", ["Report no. 6 of Sen. Marsh is out."]),
        ("Llegó hasta el mar. El puerto cerró.", ["Llegó hasta el mar.", "El puerto cerró."]),
        ("Sonó a las 3 h. La consejera no.", ["Sonó a las 3 h.", "La consejera no."]),
        ("„Man sperrt.“ Dann kam er.", ["„Man sperrt.“", "Dann kam er."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert list(sentences_of(text)) == sentences


def test_blocks() -> None:
    kinds = [
        (b.kind, b.text)
        for b in blocks_of(
            "A Heading\n\n- 🞛 An item. Of two sentences.\nA paragraph that ends.\n1. Numbered Heading\n"
            "2. A numbered statement.\nRobusta: 1.140 tonnes\n12. März 2031 war ein Montag."
        )
    ]
    assert kinds == [
        (BlockKind.HEADING, "A Heading"), (BlockKind.ITEM, "An item. Of two sentences."),
        (BlockKind.PARAGRAPH, "A paragraph that ends."), (BlockKind.HEADING, "1. Numbered Heading"),
        (BlockKind.PARAGRAPH, "A numbered statement."), (BlockKind.ITEM, "Robusta: 1.140 tonnes"),
        (BlockKind.PARAGRAPH, "12. März 2031 war ein Montag."),
    ]  # fmt: skip
