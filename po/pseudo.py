#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make a language of nobody, in which everything is said at more length.

pseudo.py CATALOG FOLDER writes the texts of CATALOG (the .mo of any language) to FOLDER, as the
language LANGUAGE: each between ‹ and ›, every vowel twice and accented, which makes it some 40 %
longer, as other languages are. What still is plain English on screen cannot be translated; where
room is missing now it will be in some language. Placeholders and mnemonics stay.
"""

import re
import sys
from pathlib import Path

from catalog import Catalog

LANGUAGE = "en_XA"
DOMAIN = "worker-dashboard"
VOWELS = dict(zip("aeiouAEIOU", "áéíóúÁÉÍÓÚ"))
PLAIN = {accented: vowel for vowel, accented in VOWELS.items()}
PLACEHOLDER = re.compile(r"(%(?:\d+\$)?[-+ #0]*\d*(?:\.\d+)?(?:hh|ll|[hlz])?[a-zA-Z%])")
SPACE = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
SAID = re.compile("[‹›]|([áéíóúÁÉÍÓÚ])\\1")
HEADER = f"Language: {LANGUAGE}\nContent-Type: text/plain; charset=UTF-8\n" \
         "Plural-Forms: nplurals=2; plural=(n != 1);\n"


def _lengthen(part):
    # The letter behind a mnemonic's underscore is said once more after it.
    return re.sub("[aeiouAEIOU]", lambda match: VOWELS[match[0]] * 2, part)


def say(text):
    """TEXT in the language of nobody."""
    before, middle, after = SPACE.fullmatch(text).groups()
    parts = PLACEHOLDER.split(middle)
    parts[::2] = [_lengthen(part) for part in parts[::2]]
    return f"{before}‹{''.join(parts)}›{after}"


def understand(text):
    """What TEXT was before say(), also amid others."""
    return SAID.sub(lambda match: PLAIN[match[1]] if match[1] else "", text)


def make(catalog, folder):
    """Writes the language below FOLDER; returns it."""
    place = Path(folder) / LANGUAGE / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    said = {"": HEADER}
    for source in Catalog.read(catalog).texts:
        if source:
            forms = source.rpartition("\4")[2].split("\0")
            said[source] = "\0".join(map(say, forms))
    Catalog(said).write(place / f"{DOMAIN}.mo")
    return folder


if __name__ == "__main__":
    make(*sys.argv[1:])
