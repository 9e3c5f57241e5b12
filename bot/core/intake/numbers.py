"""Number words, scales, fractions, vague counts and what stands before figures: English, German, Spanish."""

_READ_AS = str.maketrans({"ſ": "s", "ı": "i", "İ": "i"})


def plain(word: str) -> str:
    """Small letters, as the tables below have them. A pattern that ignores case takes ſ for an s, and ı and İ for an i."""
    return word.translate(_READ_AS).lower()


def _counting(*names: str) -> dict[str, int]:
    """Words in their order → 0, 1, 2 …; a dash is a number without a word of its own."""
    return {name: n for n, words in enumerate(names) for name in words.split("/") if name != "-"}


_ENGLISH = _counting(
    "-", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_ENGLISH |= {
    name: n * 10
    for name, n in _counting(
        "-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"
    ).items()
}
_GERMAN_ONES = _counting("-", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
_GERMAN_TENS = {
    "zwanzig": 20,
    "dreißig": 30,
    "vierzig": 40,
    "fünfzig": 50,
    "sechzig": 60,
    "siebzig": 70,
    "achtzig": 80,
    "neunzig": 90,
}
_GERMAN = (
    {name: n for name, n in _GERMAN_ONES.items() if n > 1}
    | {"zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16, "siebzehn": 17,
       "achtzehn": 18, "neunzehn": 19, "hundert": 100, "zweihundert": 200, "dreihundert": 300}
    | _GERMAN_TENS
    | {f"{one}und{ten}": a + b for one, a in _GERMAN_ONES.items() for ten, b in _GERMAN_TENS.items()}
)  # fmt: skip
_SPANISH_TENS = {
    "treinta": 30,
    "cuarenta": 40,
    "cincuenta": 50,
    "sesenta": 60,
    "setenta": 70,
    "ochenta": 80,
    "noventa": 90,
}
_SPANISH_ONES = _counting("-", "-", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez")
_SPANISH = (
    _SPANISH_ONES
    | {"doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciséis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19,
       "veinte": 20, "veintiún": 21, "veintiuna": 21, "veintidós": 22, "veintitrés": 23, "veinticuatro": 24, "veinticinco": 25,
       "veintiséis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29, "cien": 100, "doscientos": 200, "doscientas": 200,
       "trescientos": 300, "trescientas": 300, "quinientos": 500, "quinientas": 500}
    | _SPANISH_TENS
    | {f"{ten} y {one}": a + b for ten, a in _SPANISH_TENS.items() for one, b in {**_SPANISH_ONES, "un": 1, "una": 1}.items() if b < 10}
)  # fmt: skip
_SPANISH |= {f"mil {name}": 1_000 + n for name, n in _SPANISH.items() if n >= 100} | {"mil": 1_000}
NUMBER_WORDS = _ENGLISH | _GERMAN | _SPANISH
"""`one` counts only before what is counted: elsewhere it is mostly a pronoun. The Spanish eleven is an English word."""
ELEVEN = "once"
MULTIPLIES = {"hundred": 100, "thousand": 1_000, "hundert": 100, "tausend": 1_000, "mil": 1_000}
"""Scales that a value is multiplied with; the larger ones count to the unit."""
SCALES = frozenset(
    [
        "million",
        "billion",
        "trillion",
        "bn",
        "millionen",
        "milliarde",
        "milliarden",
        "mio.",
        "mrd.",
        "mio",
        "mrd",
        "millones",
        "millón",
        "hundred",
        "thousand",
        "hundert",
        "tausend",
        "mil",
    ]
)
VAGUE = {
    "dozens": (24, 99), "scores": (40, 99), "hundreds": (200, 999), "thousands": (2_000, 9_999),
    "tens of thousands": (20_000, 99_999), "hundreds of thousands": (200_000, 999_999), "millions": (2_000_000, 9_999_999),
    "dutzende": (24, 99), "hunderte": (200, 999), "tausende": (2_000, 9_999), "zehntausende": (20_000, 99_999),
    "hunderttausende": (200_000, 999_999), "decenas": (20, 99), "docenas": (24, 99), "cientos": (200, 999),
    "centenares": (200, 999), "decenas de miles": (20_000, 99_999), "miles de": (2_000, 9_999),
}  # fmt: skip
PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twentieth": 20, "hundredth": 100,
    "hälfte": 2, "drittel": 3, "viertel": 4, "fünftel": 5, "sechstel": 6, "achtel": 8, "zehntel": 10,
    "mitad": 2, "tercio": 3, "cuarto": 4, "quinto": 5, "octavo": 8, "décimo": 10, "quinta": 5, "cuarta": 4, "tercera": 3, "décima": 10,
}  # fmt: skip
"""Names of parts, and of how many equal ones."""
NTHS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10,
    "zweite": 2, "dritte": 3, "vierte": 4, "fünfte": 5, "sechste": 6, "siebte": 7, "achte": 8, "neunte": 9, "zehnte": 10,
}  # fmt: skip
"""Of how many it is one: “jeder fünfte”."""
ORDINAL_PARTS = frozenset(["cuarto", "quinto", "octavo", "décimo", "quinta", "cuarta", "tercera", "décima", "second"])
"""Parts that are mostly ordinal numbers; they count with “parte” only."""
BEFORE = (
    "more than", "less than", "fewer than", "at least", "at most", "up to", "over", "under", "about", "around", "nearly",
    "almost", "roughly", "some", "approximately", "an estimated", "as many as", "close to", "well over", "no fewer than",
    "no more than", "just over", "just under", "barely", "upwards of",
    "mehr als", "weniger als", "mindestens", "höchstens", "rund", "etwa", "knapp", "über", "fast", "bis zu", "gut", "circa",
    "más de", "menos de", "al menos", "cerca de", "unos", "unas", "casi", "alrededor de", "hasta", "aproximadamente",
)  # fmt: skip
