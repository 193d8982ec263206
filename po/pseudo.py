#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make languages of nobody.

pseudo.py CATALOG FOLDER writes the texts of CATALOG (the .mo of any language) to FOLDER, as the
language LANGUAGE: each between ‹ and ›, every vowel twice and accented, which makes it some 40 %
longer, as other languages are. What still is plain English on screen cannot be translated; where
room is missing now it will be in some language. Placeholders and mnemonics stay. In the language
MARKED they stand between ‹ and › and are otherwise as they were.
"""

import re
import sys
from pathlib import Path

from catalog import Catalog

LANGUAGE = "en_XA"
MARKED = "en_XB"
DOMAIN = "worker-dashboard"
VOWELS = dict(zip("aeiouAEIOU", "áéíóúÁÉÍÓÚ"))
PLAIN = {accented: vowel for vowel, accented in VOWELS.items()}
PLACEHOLDER = re.compile(r"(%(?:\d+\$)?[-+ #0]*\d*(?:\.\d+)?(?:hh|ll|[hlz])?[a-zA-Z%])")
SPACE = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
SAID = re.compile("[‹›]|([áéíóúÁÉÍÓÚ])\\1")
HEADER = "Language: {}\nContent-Type: text/plain; charset=UTF-8\n" \
         "Plural-Forms: nplurals=2; plural=(n != 1);\n"


def _lengthen(part):
    # The letter behind a mnemonic's underscore is said once more after it.
    return re.sub("[aeiouAEIOU]", lambda match: VOWELS[match[0]] * 2, part)


def mark(text):
    """TEXT in the language MARKED."""
    before, middle, after = SPACE.fullmatch(text).groups()
    return f"{before}‹{middle}›{after}"


def say(text):
    """TEXT in the language LANGUAGE."""
    parts = PLACEHOLDER.split(text)
    parts[::2] = [_lengthen(part) for part in parts[::2]]
    return mark("".join(parts))


def understand(text):
    """What TEXT was before say() or mark(), also amid others."""
    return SAID.sub(lambda match: PLAIN[match[1]] if match[1] else "", text)


def make(catalog, folder, language=LANGUAGE, speak=say):
    """Writes the LANGUAGE in which texts are as SPEAK says below FOLDER; returns it."""
    place = Path(folder) / language / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    said = {"": HEADER.format(language)}
    for source in Catalog.read(catalog).texts:
        if source:
            forms = source.rpartition("\4")[2].split("\0")
            said[source] = "\0".join(map(speak, forms))
    Catalog(said).write(place / f"{DOMAIN}.mo")
    return folder


if __name__ == "__main__":
    make(*sys.argv[1:])
