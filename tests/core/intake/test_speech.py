"""Who says it: ways of naming speakers, in three languages. Names and bodies are invented."""

import pytest

from bot.core.intake.speech import Last, named_last, speakers_in

OUTLET = "Lake Courier"


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        # before the verb
        ("The harbour board said that 14 ships were held.", "harbour board"),
        ("A sculler from Ostrevan told the Review that she had slept in a boathouse.", "sculler from Ostrevan"),
        ("Tobias Renn, chief engineer of the Fund, maintains that 40 pipes burst.", "Tobias Renn"),
        ("A spokesman for the board, Piers Lathom, insisted that no baker had ever been evicted.", "Piers Lathom"),
        ("Its rival, the Town Alliance, says it has gathered 700 affidavits.", "Town Alliance"),
        ("Two councillors who asked not to be named told the paper that the survey was kept back.", "councillors"),
        ("In its interim notice the Bureau concluded that 40 wells were dry.", "Bureau"),
        ("The inspectorate examined the pipes and found that nine had burst.", "inspectorate"),
        ("Prof. Dr. Wiebke Torn denied that 900 files were lost.", "Wiebke Torn"),
        ("Defense counsel put the number at three.", "Defense counsel"),
        ("The trust disputes this and says that double shifts made up 4 percent.", "trust"),
        # after the verb, or behind what is said
        ("“We lost 40 boats,” said Ruth Hellqvist, the former treasurer.", "Ruth Hellqvist"),
        ("Orders worth 5 crowns were lost, the Yards Association told the paper.", "Yards Association"),
        ("The order came at 3 a.m., a council inspector, Moira Tench, noted later.", "Moira Tench"),
        ("Karsk spent 71 days in custody, his family told the Gazette.", "family"),
        ("“We were told on a Friday,” recalled Ruben Asch, whose firm had offered 11 cents.", "Ruben Asch"),
        ("Council member Joy Abara learnt of the deal in 2030, she says, from the radio.", "Joy Abara"),
        ("Upkeep had been costing £27,000 a year, points out Dorothea Pym, who manages it.", "Dorothea Pym"),
        ("The company won 14 routes “on price alone,” as the former officer Edda Lyle put it.", "Edda Lyle"),
        ("The motion had been tabled by Maud Tilney, who told the chamber that 412 had signed it.", "Maud Tilney"),
        ("Baker Jude Ostrander now takes his rolls round by Carrow and says the fuel has cost him £165.", "Baker Jude Ostrander"),
        ("The author, Delphine Okoro-Hay, traces the trouble to a contract of 2018.", "Delphine Okoro-Hay"),
        ("The culture ministry refused a grant of £400,000, arguing that the foundry was a business.", "culture ministry"),
        ("Treasurer Owen Raske gives the cost of the affair as 57,000 crowns.", "Owen Raske"),
        ("Repairs are put at 31.5 million pounds by Northmoor Rail.", "Northmoor Rail"),
        ("Trapping by the Institute for Plants found an average of 1,340 voles.", "Institute for Plants"),
        ("Borrowing slips from the Drama Library showed that he kept it for 19 weeks.", "Drama Library"),
        # by other words
        ("It went up by 61 per cent, according to counters run by the county.", "county"),
        ("According to the minutes of the inquiry, the agronomist Piet Lannoy stated that 11 filters were missing.", "Piet Lannoy"),
        ("By the board’s own count, 40 of 90 houses are empty.", "board"),
        ("In the words of presiding judge Ines Calloway, it is no act.", "Ines Calloway"),
        ("A 2024 survey of 780 athletes by the Rowers’ Alliance found that 64 percent pay.", "Rowers’ Alliance"),
        ("The article cites a 2025 report by the Waters Observatory that names three causes.", "Waters Observatory"),
        ("Data from the harbour office show that 40 ships left.", "harbour office"),
        ("The figures were confirmed by the Audit Court of Ansel.", "Audit Court of Ansel"),
        ("The ministry, quoted by the agency Coastwire, said that it burned.", "ministry"),
        ("Four metres remain, the institute’s director, Per Solheim, is quoted as saying.", "Per Solheim"),
        ("The ministry denies this; its spokesman Joris Tamm told the paper that 40 left.", "Joris Tamm"),
        ("The government rejects the charge: Defence Minister Olga Prenn said that 40 had left.", "Defence Minister Olga Prenn"),
        # German
        ("Nach Angaben des Landesamtes sind 61 von 310 Stellen unbesetzt.", "Landesamt"),
        ("Laut Betriebsrat sind es 60 Prozent.", "Betriebsrat"),
        ("Den Schaden beziffert die Versicherungskammer auf 214 Millionen Gulden.", "Versicherungskammer"),
        ("Die Kosten der Anlage beziffert der Rechnungshof auf 19,6 Millionen Kronen.", "Rechnungshof"),
        ("Auf Anfrage erklärte das Ministerium, es wisse von nichts.", "Ministerium"),
        ("Der Umsatz sei um 18,4 Prozent gesunken, erklärte Finanzvorstand Ruben Tal.", "Finanzvorstand Ruben Tal"),
        ("Umweltministerin Dörte Hansing hat eingeräumt, dass 27 Millionen fehlen.", "Dörte Hansing"),
        ("Die Landesregierung hat nach eigenen Angaben 400.000 Kronen zugesagt.", "Landesregierung"),
        ("Es kamen nach Polizeiangaben 16.500 Menschen.", "Polizei"),
        ("Der Rettungswagen kam, wie zwei Angestellte dem Portal bestätigten, erst nach 35 Minuten.", "Angestellte"),
        ("Tannhofs Stellvertreter, der Botaniker Ruben Ilk, sagte, man habe 6.240 Proben geprüft.", "Ruben Ilk"),
        ("Das Landratsamt hat die Firma nach eigenen Angaben in vier Fällen verwarnt.", "Landratsamt"),
        ("Die Wagen seien durch ihre 3 Öfen zu Anlagen geworden, befand das Gericht.", "Gericht"),
        ("Das Bad hat die Stadt Marl nach eigenen Angaben 1990 gebaut.", "Stadt Marl"),
        ("2020 sagte Minister Karl Voss, das Bad koste 4 Millionen Euro.", "Karl Voss"),
        ("Am Montag um 12 meldete Ute Lang, dass 3 Becken leck sind.", "Ute Lang"),
        ("Das Gericht befand, Holm habe sich mit 3 Briefen strafbar gemacht.", "Gericht"),
        ("Das Land hat 15 Prozent zugesagt, wie das Wirtschaftsministerium mitteilte.", "Wirtschaftsministerium"),
        # Spanish
        ("De los 10 no se ha comprado ninguno, denuncia el sindicato.", "sindicato"),
        ("Blas Otamendi comparte un piso por el que pagan, asegura, 1.300 euros.", "Blas Otamendi"),
        ("Según el Instituto Hidrológico, el nivel ha descendido 40 centímetros.", "Instituto Hidrológico"),
        ("El sindicato, por su parte, asegura que fueron 900.", "sindicato"),
        ("«Faltan 40 camas», explicó su directora, la médica Nuria Calvete.", "Nuria Calvete"),
        ("La concejala de Vivienda, Nuria Cabrales, atribuye el retraso a los costes.", "Nuria Cabrales"),
        ("La sequía, la peor en veinte años, debilitó las plantas, señala el meteorólogo Jaime Urrutia.", "Jaime Urrutia"),
        ("Así lo confirmó el alcalde, Julián Oca.", "Julián Oca"),
        ("Los pescadores, contó al diario la alcaldesa Rosa Inchaur, han recogido dos toneladas.", "Rosa Inchaur"),
        ("El sindicato Campo Unido coincide en que 5.000 no bastaron.", "Campo Unido"),
        ("Marta Olaizu, que pasó 26 años entre latas, contó al periódico que cobra 430 pesos.", "Marta Olaizu"),
    ],
)  # fmt: skip
def test_the_first_speaker(sentence: str, first: str) -> None:
    assert speakers_in(sentence, OUTLET)[:1] == (first,)


@pytest.mark.parametrize(
    "sentence",
    [
        "The article points to 40 closed schools.",
        "It also highlights that the inquiry has never left the capital.",
        "The essay is frank that only nine seats are held.",
        "An older Courier investigation, The Plumber’s Ledger, revealed that two contractors shared the work.",
        "The article links to another Courier piece titled The Empty Chair which argues that 40 seats are empty.",
        "En él se afirma que la región ha cerrado 900 camas.",
        "Rund 6,2 Millionen Haushalte fallen unter die Regelung, heißt es in dem Bericht.",
    ],
)
def test_the_outlet_says_it_where_nobody_else_does(sentence: str) -> None:
    assert speakers_in(sentence, OUTLET) == (OUTLET,)


@pytest.mark.parametrize(
    "sentence",
    [
        "Three bridges fell on Tuesday.",
        "The state has not declared a drought in 2025.",  # nobody said it
        "Four debt collectors filed 61 percent of all claims in Carrow.",  # a noun
        "It was said to be the worst flood in 40 years.",
        "“The board says that 40 died” stood on a wall.",  # part of what is quoted
        "Der Wasserstand lag bei 4 Metern.",
        "Hale Line was sued by the ministry in 2021, arguing that its ships were old.",
        "The Hale Line received 300 complaints, claiming that its ships were late.",
        "As a test, the crew put it in the water in 2020.",
        "Screens were put up in 2023 and complaints fell by two thirds.",
        "Dort befand sich das Lager mit 40 Betten.",
        "Betroffen waren rund 214.000 registrierte Kunden.",
        "El congreso se celebró el 12 de junio.",
    ],
)
def test_nobody_is_named(sentence: str) -> None:
    assert speakers_in(sentence, OUTLET) == ()


def test_pronouns_are_who_was_named_last() -> None:
    last = named_last("Mirja Toller found that 31 gauges fell.", ("Mirja Toller",), OUTLET, Last())
    assert speakers_in("At that flow, she calculates, the turbines stand still.", OUTLET, last) == ("Mirja Toller",)
    last = named_last("The Audit Court counted 40.", ("Audit Court",), OUTLET, last)
    assert speakers_in("It puts the loss at 2 million.", OUTLET, last) == ("Audit Court",)
    assert speakers_in("It highlights that 40 left.", OUTLET, last) == (OUTLET,)  # what a text does
    assert speakers_in("His own study found that 64 percent had left.", OUTLET, last) == ("Mirja Toller",)


def test_the_innermost_speaker_comes_first() -> None:
    said = speakers_in("The essay recalls that the Audit Chamber, quoted by Coastwire, had counted 40.", OUTLET)
    assert said == ("Audit Chamber", "Coastwire")


@pytest.mark.parametrize(
    "sentence",
    [
        "The firm doesn’t claim that the dam was safe in 2024.",
        "The firm couldn't say that the dam was safe in 2024.",
        "Neither the board nor the firm says that 40 died.",
        "Few residents say that 40 died.",
        "Between 11 and 15 percent admitted that they had cheated.",
        "No document shows that 40 died.",
        "The board removed a page that stated that 40 died.",
        "Das Amt hat nicht gesagt, dass 40 starben.",
        "Das Amt sagt nicht, dass 40 starben.",
        "Kaum jemand sagt, dass 40 starben.",
        "Kritiker der Firma sagen, dass 40 starben.",
        "Die Stadt rechnet mit 40 Gästen.",
        "La junta no dijo que 40 murieron.",
        "La empresa jamás dijo que 40 murieron.",
        "La empresa cuenta con 40 empleados.",
        "Die Kammer sagte am Montag nicht, dass 40 Arbeiter entlassen wurden.",
        "Kein Mitglied der Kammer behauptet, dass 40 starben.",
        "Keine Behörde hat bestätigt, dass 40 starben.",
        "No member of the Harbour Board said that 40 people died.",
        "Ningún miembro de la Junta de Aguas reconoce que murieron 40.",
        "Ni la junta ni Aceros Harlán han reconocido que murieron 40.",
        "The Harbour Board allegedly said that 40 died.",
        "Contra lo que dijo Marta Olaizu, murieron 40 obreros.",
        "La presa es segura, dijo al juez.",
        "El club defiende el título este domingo.",
        "Klagen der Kammer gegen Holm Stahl scheiterten 2019.",
        "The blaze claimed a second victim, Ilona Farrant.",
        "Ilona Farrant was cited for 40 offences in 2019.",
        "Encontraron 40 cartas de 2019.",
        "El alcalde visitó la presa, y la junta reduce la cifra a",
    ],
)
def test_nobody_is_said_to_say_what_is_denied_or_left_unsaid(sentence: str) -> None:
    assert speakers_in(sentence, OUTLET) == ()


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("A la junta le dijo la empresa que 40 murieron.", "empresa"),
        ("Quiroga, que ya ha cobrado el premio, niega haber recibido ayuda.", "Quiroga"),
        ("Nora Lind of the consumer group Plain Terms told me that 40 had joined.", "Nora Lind"),
        ("Dispatchers’ Local 88 says the centre had 12 people that night.", "Dispatchers’ Local 88"),
        ("“There is no room,” said Femi Adeyo, a consultant geriatrician, who pointed out that four homes had closed.", "Femi Adeyo"),
        ("A memo by the trust’s finance director, Alan Prowse, states that two theatres are shut.", "Alan Prowse"),
        ("Sie verweist auf eine Erhebung der Fachstelle Kindheit, nach der 46 Stellen unbesetzt sind.", "Fachstelle Kindheit"),
        ("The ministry maintains that losses amount to 12 million, a figure the author dismisses as “an invoice”.", "ministry"),
        ("Der Stadt Wendel teilte die Kammer mit, dass 40 Häuser unsicher waren.", "Kammer"),
        ("Der Kammer hat Ilse Brandt gesagt, dass 40 starben.", "Ilse Brandt"),
        ("A Marta Olaizu le dijo la junta que murieron 40 obreros.", "junta"),
        ("Die Kosten bezifferte Ilse Brandt auf 40 Millionen.", "Ilse Brandt"),
        ("„Es waren 40“, sagte Ilse Brandt am Rande der Sitzung.", "Ilse Brandt"),
        ("Los peritos concluyeron que murieron 40 obreros.", "peritos"),
        ("«No recibimos una carta», dijo a La Aldaba Tomás Ruano, alcalde de Peñaluz.", "Tomás Ruano"),
        ("El ministerio ha reconocido que 40 casas se vendieron.", "ministerio"),
        ("Agency head Marcus Dell and his predecessor, Ilse Brandt, both say that 30 million are lost.", "Marcus Dell"),
        ("According to League secretary Hew Brannock, 411 nurses have left.", "Hew Brannock"),
        ("The loss was put at 4 million, according to figures that the Authority released.", "Authority"),
        ("The Osmere Crop Office cut its harvest estimate from 27.5 to 19 million tonnes.", "Osmere Crop Office"),
        ("The Tenants’ League asked 1,500 of its members in May; 212 had been listed.", "Tenants’ League"),
        ("The losses were estimated at 70 million florins by the Chamber of Commerce.", "Chamber of Commerce"),
        ("Der Verein Wildnis Hardt kommt in einer eigenen Zählung auf höchstens 60.", "Verein Wildnis Hardt"),
        ("520 Millionen gingen an Straßen, wie eine Liste zeigt, die das Ministerium vorlegte.", "Ministerium"),
        ("La Federación sostiene que 700 abandonaron, extremo que el rectorado niega.", "Federación"),
    ],
)  # fmt: skip
def test_a_person_speaks_and_not_what_stands_beside(sentence: str, first: str) -> None:
    assert speakers_in(sentence, OUTLET)[:1] == (first,)
