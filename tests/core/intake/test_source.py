"""Which publication a page reports: ways of naming it, in three languages. Names and addresses are invented."""

from pathlib import Path

import pytest

from bot.core.intake import HtmlPage, Proposal, read_page
from bot.core.intake.addresses import date_in, is_about, likeness
from bot.core.model import Relation
from bot.settings import load_labels

LABELS = load_labels(Path("/nonexistent"))
LABEL = "This publication is a summary or evaluation of another publication"
FILL = "The lake lost 40 centimetres in 2030, and 300 fish died. Nobody had counted them before.\n" * 3
ADDRESS = "https://www.lakecourier.example/2031/05/02/the-lake-in-numbers"


def read(text: str, links: tuple[tuple[str, str], ...] = (), canonical: str | None = None) -> Proposal:
    return read_page(HtmlPage(f"What Became of the Lake\n• {LABEL}\n{text}", links=links, canonical=canonical), LABELS)


@pytest.mark.parametrize(
    "text",
    [
        f"In the Lake Courier article “The Lake in Numbers” ({ADDRESS}) the loss is described.\n{FILL}",
        f"{FILL}The piece is “The Lake in Numbers”, published by the Lake Courier on 2 May 2031 ({ADDRESS}).",
        f"{FILL}Source: Dagny Morrow, “The Lake in Numbers”, Lake Courier, 2 May 2031, {ADDRESS.removeprefix('https://')}",
        f"The Lake Courier ran a long essay, “The Lake in Numbers”, in May 2031.\n{FILL}Read the Full Lake Courier Article at:\n[ {ADDRESS} ]",
        f"Unter der Überschrift „The Lake in Numbers“ beschreibt der Lake Courier den See.\n{FILL}Zum Original: {ADDRESS}",
        f"El reportaje «The Lake in Numbers», publicado el 2 de mayo de 2031 en el Lake Courier ({ADDRESS}), cuenta el lago.\n{FILL}",
        f"{FILL}On the Lake Courier’s account, “we all drank it”, said a fisherman. Its “The Lake in Numbers” ({ADDRESS}) is long.",
    ],
    ids=["before", "behind", "source line", "closing line", "German", "Spanish", "beside a quotation"],
)
def test_a_source_named_in_the_text(text: str) -> None:
    source = read(text).source
    assert (source.name, source.title, source.url) == ("Lake Courier", "The Lake in Numbers", ADDRESS)
    assert source.published == "2031-05-02"


def test_a_source_named_by_a_link() -> None:
    links = (("“The Lake in Numbers”", ADDRESS), ("figures of the ministry", "https://ministry.example/lake.pdf"))
    source = read(f"Few have read “The Lake in Numbers”, which the Courier ran.\n{FILL}", links).source
    assert (source.title, source.url, source.published) == ("The Lake in Numbers", ADDRESS, "2031-05-02")


def test_the_pages_own_address_is_not_the_source() -> None:
    links = (("Read the original", ADDRESS), ("Share this article", "https://pages.example/share/the-lake"))
    source = read(f"{FILL}", links, "https://pages.example/what-became-of-the-lake").source
    assert source.url == ADDRESS


@pytest.mark.parametrize("words", ["Lake Courier – The Lake in Numbers", "The Lake in Numbers | Lake Courier"])
def test_a_link_may_name_the_outlet_beside_the_title(words: str) -> None:
    source = read(f"{FILL}Read the full article: {words}", ((words, ADDRESS),)).source
    assert (source.name, source.title, source.url) == ("Lake Courier", "The Lake in Numbers", ADDRESS)


def test_a_link_to_the_outlet_alone_is_no_title() -> None:
    text = f"It is called “The Lake in Numbers”, and the magazine Northern Slate has been generous.\n{FILL}Source: Northern Slate"
    source = read(text, (("Northern Slate", "/go/northern-slate"),)).source
    assert (source.name, source.title) == ("Northern Slate", "The Lake in Numbers")


def test_a_redirect_is_no_address_and_a_line_that_leads_there_is() -> None:
    links = (("“The Lake in Numbers”", "/go/9912"),)
    text = f"The Lake Courier brought out “The Lake in Numbers” in 2031.\n{FILL}"
    assert read(text, links).source.url is None
    assert read(f"{text}Read the Full Lake Courier Article at:\n[ {ADDRESS} ]", links).source.url == ADDRESS


def test_an_address_of_somebody_else_is_not_the_sources() -> None:
    brief = "https://www.transport-centre.example/briefs/lake"
    links = (("brief by the Transport Centre", brief), ("here", "/out?story=554120"))
    text = f"A brief by the Transport Centre puts it at 40.\n{FILL}Read the full Lake Courier article here."
    source = read(text, links).source
    assert (source.name, source.url) == ("Lake Courier", None)


@pytest.mark.parametrize(
    "text",
    [
        "Das Unglück geschah in Bad Wendheim. Die Zeitung nennt 40 Tote.",
        "The fire began in Lake Town. The paper says that 40 homes burned.",
        "The mayor told Ann Pell that 40 fish died. The article “Dead Fish” of 9 May 2022 has more.",
    ],
)
def test_a_place_or_a_person_is_no_outlet(text: str) -> None:
    assert read(f"{text}\n{FILL}").source.name is None


def test_an_older_piece_is_not_the_source() -> None:
    older = "https://lakecourier.example/archive/2019/dust"
    text = f"The Lake Courier lays it open. An older Courier story about wells is linked.\n{FILL}"
    assert read(text, (("older Courier story", older),)).source.url is None


def test_the_outlets_name_as_a_link_that_leads_there_is_no_title() -> None:
    links = (("„The Lake in Numbers“", "/go/7731"), ("Kreisbote Wallheim", "/go/7731"))
    text = f"Der Kreisbote Wallheim hat unter der Überschrift „The Lake in Numbers“ gezählt.\n{FILL}Zum vollständigen Artikel: Kreisbote Wallheim"
    source = read(text, links).source
    assert (source.name, source.title) == ("Kreisbote Wallheim", "The Lake in Numbers")


def test_an_address_whose_outlet_a_line_names_is_the_sources() -> None:
    test = "https://www.plainfare.example/tests/2031/06/lakes"
    text = f"• 40 died\n• 60 lived\n• 80 fled\nThe magazine Plainfare, whose lake test is summarised here, is calm.\n{FILL}"
    source = read(text, (("lake test", test),)).source
    assert (source.name, source.url, source.published) == ("Plainfare", test, "2031-06")


def test_a_relative_address_says_when_and_not_where() -> None:
    links = (("“The Lake in Numbers”", "/2031/05/02/the-lake-in-numbers"),)
    source = read(f"The article “The Lake in Numbers” in the Lake Courier is long.\n{FILL}", links).source
    assert (source.name, source.url, source.published) == ("Lake Courier", None, "2031-05-02")


def test_another_work_is_not_the_source() -> None:
    text = (
        f"The Lake Courier article “The Lake in Numbers” ({ADDRESS}) cites a study by the Water Institute, “Dry Wells of the North” "
        f"(https://institute.example/dry-wells-of-the-north), and an earlier piece, “Wells and Waves” (link to “wells.html”).\n{FILL}"
    )
    found = read(text)
    assert (found.source.title, found.source.url) == ("The Lake in Numbers", ADDRESS)
    assert "wells.html" in [work.href for work in found.works]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("The court ruled on 2 May 2031. The Lake Courier published the article “The Lake in Numbers” the next day.", "2031-05-03"),
        ("Das Urteil fiel am 31. Mai 2031. Der Beitrag „The Lake in Numbers“, der am Tag darauf im Lake Courier erschien, ist lang.", "2031-06-01"),
        ("Posted on 2 May 2031.\nThe report “The Lake in Numbers” ran in last October’s edition of the Lake Courier.", "2030-10"),
        ("Few have read the Lake Courier’s article “The Lake in Numbers”.\nSigned by its editor and dated 3 May 2031, it is long.", "2031-05-03"),
        ("El Lake Courier colgó en su web el reportaje «The Lake in Numbers» a finales de octubre de 2031.", "2031-10"),
        ("It stood on the quay until 3 May 2019. The Lake Courier tells its story in “The Lake in Numbers”.", None),
        ("Salió el 3 de mayo de 2019. El Lake Courier cuenta el viaje en el texto «The Lake in Numbers».", None),
        ("The Lake Courier ran the article “The Lake in Numbers”. This article was last updated on 3 June 2034.", None),
        ("The Lake Courier ran “The Lake in Numbers”.\nPublicado el 3 de junio de 2034, el resumen recoge lo esencial.", None),
        ("The Lake Courier’s article “The Lake in Numbers” was published last October.\nWorks end on 1 July 2031.", None),
        ("The Lake Courier ran the article “The Lake in Numbers” on 3 May 2031.\nIn laſt Auguſt it rose.", "2031-05-03"),
        ("Im Lake Courier steht „The Lake in Numbers“. Er stand in der Ausgabe vom 3. September 2031.", "2031-09-03"),
        ("The Lake Courier laid it open in “The Lake in Numbers”.\nThe investigation, last updated on 11 March 2031, is long.", "2031-03-11"),
        ("The Lake Courier ran “The Lake in Numbers”.\nRead the full article: [ /reports/2031/06/lake.html ]", "2031-06"),
        ("The Lake Courier ran the article “The Lake in Numbers”. The county’s report, published in May 2021, differs.", None),
        ("Published on 2 May 2031 by the staff.\nThe Lake Courier ran the article “The Lake in Numbers”.", None),
        ("The Lake Courier ran the article “The Lake in Numbers”. It rests on one paper, published in 2021 by Ada Voss.", None),
    ],
    ids=["next day", "Tag darauf", "last month", "signed and dated", "colgó", "a statue", "a train", "this article", "the summary", "no day of its own", "long s", "it stood", "updated", "path", "the county’s", "its own", "another’s"],
)  # fmt: skip
def test_a_date_that_is_told_in_passing(text: str, published: str | None) -> None:
    assert read(f"{text}\n{FILL}").source.published == published


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Zum vollständigen Beitrag der Neuen Westlichen Post, „The Lake in Numbers“: " + ADDRESS, "Neue Westliche Post"),
        ("Der Artikel „The Lake in Numbers“ im Neuen Anzeiger ist lang.", "Neuer Anzeiger"),
        ("Ada Voss beschreibt den See im Maiheft des Nordkant Magazins („The Lake in Numbers“).", "Nordkant Magazin"),
        ("Das Sprachmagazin Wortwarte hat im Beitrag „The Lake in Numbers“ gezählt (https://www.wortwarte.example/x/the-lake).", "Wortwarte"),
        ("¿Cuánto falta? Más de lo que parece, según El Contable. El semanario publicó el texto «The Lake in Numbers».", "El Contable"),
        ("The paper to be thanked for this is the Varn Examiner. Its cover story, “The Lake in Numbers”, is long.", "Varn Examiner"),
        ("Das Magazin Flurfunk hat ihn für seine Maiausgabe beschrieben; der Beitrag von Korbinian Reuss trägt den Titel „The Lake in Numbers“.", "Flurfunk"),
        ("The Varn Globe, in a leading article that we were sent, calls it “a shame”. We disagree.", "Varn Globe"),
        ("When the Marsh Line Gazette counts, it counts twice: see its article “The Lake in Numbers”.", "Marsh Line Gazette"),
        ("The Varn Quarry Review told it first, in “The Lake in Numbers”. The Varn text is long.", "Varn Quarry Review"),
    ],
    ids=["adjectives", "without the name elsewhere", "genitive", "kind before it", "the weekly", "its story", "not the author", "in an article", "behind a first word", "the whole name"],
)  # fmt: skip
def test_the_outlets_name_as_it_is_called(text: str, name: str) -> None:
    assert read(f"{text}\n{FILL}").source.name == name


def test_a_title_that_is_only_set_apart_or_named_by_the_next_line() -> None:
    text = (
        f"The Lake Courier has made an explainer on it, Wells, Fish and the Lake, which came out on 2 May 2031.\n{FILL}"
    )
    address = (("here", "https://lakecourier.example/explainers/wells-fish-lake"),)
    marked = read_page(HtmlPage(f"Dry\n{LABEL}\n{text}", links=address, marked=("Wells, Fish and the Lake",)), LABELS)
    assert marked.source.title == "Wells, Fish and the Lake"
    ship = read_page(
        HtmlPage(f"Dry\n{LABEL}\nThe ferry Lake Maid sank in 2031.\n{FILL}", marked=("Lake Maid",)), LABELS
    )
    assert ship.source.title is None
    below = read(f"{FILL}\nOnce noches sin agua\n\nAsí se titula la crónica, que El Faro publicó el 2 de mayo de 2031.")
    assert (below.source.title, below.source.name) == ("Once noches sin agua", "El Faro")


def test_what_is_in_quotation_marks_in_the_pages_title_alone_is_no_source() -> None:
    assert read_page(f"“The Lake Maid” Sails Again\n{LABEL}\n{FILL}", LABELS).source.title is None


def test_nothing_is_made_up_where_nothing_stands() -> None:
    source = read(FILL).source
    assert (source.name, source.title, source.url, source.published) == (None, None, None, None)


@pytest.mark.parametrize(
    ("title", "text", "relation"),
    [
        ("The Lake, Retold", FILL, Relation.SUMMARY_OF),
        ("Weighing the Courier’s Lake", FILL, Relation.EVALUATION_OF),
        ("A Comment on the Lake", FILL, Relation.COMMENT_ON),
        ("The Lake", f"I read it twice. I disagree with my neighbour, and I say so. {FILL}", Relation.COMMENT_ON),
        ("„Wells“ – eine Einordnung", FILL, Relation.EVALUATION_OF),
        ("¿De quién es el lago? Una respuesta a «Wells»", FILL, Relation.COMMENT_ON),
        ("The Lake", f"This column deserves an answer, and here is ours. We do not share its view.\n{FILL}", Relation.COMMENT_ON),
        ("The Lake", f"We read it twice.\n\nWhat convinces\n\n{FILL}\n\nOur verdict\n\n{FILL}", Relation.EVALUATION_OF),
        ("Der See", f"Der Courier schiebt es den Handys zu. Das greift zu kurz, finde ich. Ich glaube nicht daran.\n{FILL}Was im Artikel fehlt\n", Relation.COMMENT_ON),
        ("Court Weighs Ban on River Fishing", FILL, Relation.SUMMARY_OF),
        ("Urteil gegen Müllfirma", FILL, Relation.SUMMARY_OF),
        ("Antwort auf die Dürre", FILL, Relation.SUMMARY_OF),
        ("El juez se equivoca de testigo", f"El testigo calla y no convence al jurado. {FILL}", Relation.SUMMARY_OF),
        ("The Lake", f"Figures: 40 wells are dry.\nContext: a drought since 2019.\nEvidence: pictures.\nThe mayor failed to persuade residents. {FILL}", Relation.SUMMARY_OF),
        ("Seven Answers about the Lake", FILL, Relation.SUMMARY_OF),
        ("The Lake", f"The board gives the same answer as in 2030. A careful reader will find 300 fish. {FILL}", Relation.SUMMARY_OF),
        ("The Lake", f"The piece is at its strongest on wells. It is weaker on fish, one-sided on farms, and unconvincing on boats. {FILL}", Relation.EVALUATION_OF),
    ],
)  # fmt: skip
def test_what_the_page_is_to_its_source(title: str, text: str, relation: Relation) -> None:
    found = read_page(f"{title}\n{LABEL}\nThe Lake Courier article “Wells” ({ADDRESS}) is long.\n{text}", LABELS)
    assert found.source.relation is relation


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://a.example/2025/11/19/x.html", "2025-11-19"),
        ("https://a.example/news/2025/11/x", "2025-11"),
        ("https://a.example/x-2025-11-06.html", "2025-11-06"),
        ("https://a.example/20250516/x", "2025-05-16"),
        ("https://a.example/issues/2025-2/x", "2025"),
        ("https://a.example/rooms/2025-2/x", None),
        ("https://a.example/2025/99/x", None),
        ("https://a.example/2025/02/31/x", "2025-02"),
        ("https://a.example/20٢٥/02/11/x", None),
        ("https://a.example/2025/٠٢/x", None),
        ("https://a.example/x/12025", None),
    ],
)
def test_the_date_in_an_address(url: str, date: str | None) -> None:
    assert date_in(url) == date


def test_an_address_and_what_it_is_called_after() -> None:
    url = "https://www.brannoch-free-press.example/opinion/tax-the-arm.html"
    assert (
        is_about(url, "Tax the Arm"),
        is_about("https://a.example/valley", "The Valley"),
        is_about(url, "Wells"),
    ) == (2, 1, 0)
    assert likeness("Brannoch Free Press", url) > likeness("Brannoch", url) > likeness("Lake Courier", url) == 0
    assert likeness("World Socialist Web Site", "https://www.wsws.example/en") > likeness(
        "WSWS", "https://www.wsws.example/en"
    )
