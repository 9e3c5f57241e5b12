"""Texts that break careless programs. Lone surrogates and U+0000 are refused at every door; the rest is kept."""

ZALGO = "Z" + "\u0351\u0310\u0327" * 30 + "algo"

KEPT: dict[str, str] = {
    "bidi controls": "abc\u202etxt.exe\u202c\u2066x\u2069\u200f",
    "zalgo": ZALGO,
    "markdown": "**b** __u__ ~~s~~ ||x|| `c` ```d``` # h\t> q - l 1. n [t](https://e.example) <https://e.example>",
    "mentions": "@everyone @here <@1> <@!1> <@&1> <#1> </flag add:1> <t:1:R> <:x:1> <id:home>",
    "4,000 characters": "x" * 4000,
    "4,000 wide characters": "字" * 4000,
    "right to left": "שלום עולם مرحبا بالعالم",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈🇺🇳👍🏽",
    "invisible": "a\u200bb\u2060c\u00add\ufeff",
    "spaces": "\u3000\u00a0 \u2009 a \u2028 b",
    "format fields": "{0} {text} %s %(x)s ${x} {",
    "sql": "'); DROP TABLE notes; -- \" %_\\",
    "backslashes": "\\\\ \\* \\",
    "one bar": "|",
    "combining first": "\u0301abc",
    "unpaired marks": "((([[[```***",
}
REFUSED: dict[str, str] = {
    "zero": "a\x00b",
    "lone surrogate": "a\ud800b",
    "escape": "a\x1b[31mb",
    "control": "a\x85b",
}
EMPTY: dict[str, str] = {"nothing": "", "only spaces": " \u3000 ", "line feeds": "\n\n"}
EVERY: dict[str, str] = {**KEPT, **REFUSED, **EMPTY}
