"""Number words, scales, vague counts and what stands before figures: English, German, Spanish."""

NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "zwanzig": 20, "dreißig": 30, "vierzig": 40,
    "fünfzig": 50,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
    "doce": 12, "quince": 15, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50,
}  # fmt: skip
"""`one` counts only with a scale: elsewhere it is mostly a pronoun."""
SCALES = frozenset(
    [
        "hundred",
        "thousand",
        "million",
        "billion",
        "trillion",
        "bn",
        "hundert",
        "tausend",
        "millionen",
        "million",
        "milliarde",
        "milliarden",
        "mio.",
        "mrd.",
        "mio",
        "mrd",
        "mil",
        "millones",
        "millón",
    ]
)
VAGUE = {
    "dozens": (24, 99), "scores": (40, 99), "hundreds": (200, 999), "thousands": (2_000, 9_999),
    "tens of thousands": (20_000, 99_999), "hundreds of thousands": (200_000, 999_999), "millions": (2_000_000, 9_999_999),
    "dutzende": (24, 99), "hunderte": (200, 999), "tausende": (2_000, 9_999), "zehntausende": (20_000, 99_999),
    "decenas": (20, 99), "docenas": (24, 99), "cientos": (200, 999), "centenares": (200, 999),
    "decenas de miles": (20_000, 99_999),
}  # fmt: skip
BEFORE = (
    "more than", "less than", "fewer than", "at least", "at most", "up to", "over", "under", "about", "around", "nearly",
    "almost", "roughly", "some", "approximately", "an estimated", "as many as", "close to", "well over",
    "mehr als", "weniger als", "mindestens", "höchstens", "rund", "etwa", "knapp", "über", "fast", "bis zu", "gut", "circa",
    "más de", "menos de", "al menos", "cerca de", "unos", "unas", "casi", "alrededor de", "hasta", "aproximadamente",
)  # fmt: skip
