# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""That po/check.py finds what is wrong with a translation, and what po/pseudo.py makes of texts."""

import os
import sys
import tempfile
import unittest
from pathlib import Path

PO = Path(__file__).resolve().parents[2] / "po"
sys.path.insert(0, str(PO))

import check  # noqa: E402
import pseudo  # noqa: E402
from catalog import Catalog  # noqa: E402

NAMES = "Set DATABASE_URL and REDIS_URL, or --all: "
TEXTS = {"_Save…": "_Guardar…", "Look with “wdctl outbox list”.": "Mire con «wdctl outbox list».",
         NAMES: "Ponga DATABASE_URL y REDIS_URL o --all: ",
         "%s of %u rows is left": "Queda %s de %u fila"}
PLURALS = {"%s of %u rows is left": ("%s of %u rows are left", "Quedan %s de %u filas")}
HEADER = {"Language": "es", "Content-Type": "text/plain; charset=UTF-8",
          "Plural-Forms": "nplurals=2; plural=(n != 1);"}
READ_BY = "# Not yet read by a native speaker of Spanish."
# Name: what is changed, and what is then found, or what msgfmt says.
BROKEN = {
    "complete": ({}, None),
    "untranslated": ({"_Save…": ""}, "is incomplete: \"_Save…\""),
    "no mnemonic": ({"_Save…": "Guardar…"}, "msgfmt: .*keyboard accelerator"),
    "no ellipsis": ({"_Save…": "_Guardar"}, "has other ellipses"),
    "three dots": ({"_Save…": "_Guardar..."}, "has other ellipses"),
    "a translated command": ({"Look with “wdctl outbox list”.": "Mire con «wdctl salida»."},
                             "lacks wdctl outbox list"),
    "a translated name": ({NAMES: "Ponga URL y REDIS_URL o --all: "}, "lacks DATABASE_URL"),
    "a translated option": ({NAMES: "Ponga DATABASE_URL y REDIS_URL o --todo: "},
                            "lacks --all"),
    "no space at the end": ({NAMES: "Ponga DATABASE_URL y REDIS_URL o --all:"},
                            "begins or ends with other spaces"),
    "English": ({NAMES: NAMES}, "is English"),
    "another placeholder": ({"%s of %u rows is left": "Queda %s de %s fila"}, "msgfmt: .*format"),
    "another language": ({"Language": "fr"}, "of another language"),
    "a form too few": ({"Plural-Forms": "nplurals=2; plural=0;"}, "has 1 plural forms, not 2"),
    "another count": ({"Plural-Forms": "nplurals=1; plural=0;"}, "msgfmt: .*nplurals"),
    "read by nobody": ({READ_BY: ""}, "whether a native speaker has read it"),
}


def po(changes):
    """A .po file of TEXTS in Spanish, with CHANGES; without translations where they are None."""
    lines = [(changes or {}).get(READ_BY, READ_BY), 'msgid ""', 'msgstr ""']
    lines += [f'"{name}: {(changes or {}).get(name, value)}\\n"' for name, value in HEADER.items()]
    for text, translation in TEXTS.items():
        said = "" if changes is None else changes.get(text, translation)
        lines += ["", "#, c-format" if "%" in text else "", f'msgid "{text}"']
        if text in PLURALS:
            plural, others = PLURALS[text]
            lines += [f'msgid_plural "{plural}"', f'msgstr[0] "{said}"',
                      f'msgstr[1] "{others if said else ""}"']
        else:
            lines.append(f'msgstr "{said}"')
    return "\n".join(lines) + "\n"


class Translations(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def problems(self, changes):
        template, original = self.folder / "all.pot", self.folder / "original.po"
        template.write_text(po(None), encoding="utf-8")
        original.write_text(po(changes), encoding="utf-8")
        try:
            return list(check.check_language("es", original, template, self.folder))
        except RuntimeError as error:
            return [" ".join(str(error).split())]

    def test_what_is_found(self):
        for name, (changes, found) in BROKEN.items():
            with self.subTest(name):
                problems = self.problems(changes)
                if found:
                    self.assertRegex("\n".join(problems), found)
                else:
                    self.assertEqual(problems, [])

    def test_pseudo(self):
        for text, said in (("_Save…", "‹_Sáávéé…›"), (" %s in %u\n", " ‹%s íín %u›\n"),
                           ("%1$s: %-d %b", "‹%1$s: %-d %b›"), ("SQL", "‹SQL›")):
            with self.subTest(text):
                self.assertEqual(pseudo.say(text), said)
                self.assertEqual(pseudo.understand(said), text)

    def test_catalog(self):
        original, catalog = self.folder / "es.po", self.folder / "es.mo"
        original.write_text(po({}), encoding="utf-8")
        read = Catalog.compile(original)
        read.write(catalog)
        pseudo.make(catalog, self.folder)
        self.assertEqual(Catalog.read(catalog).texts, read.texts)
        made = Catalog.read(os.path.join(self.folder, pseudo.LANGUAGE, "LC_MESSAGES",
                                         f"{pseudo.DOMAIN}.mo"))
        self.assertEqual(set(made.texts), set(read.texts))
        self.assertIn(("%s of %u rows is left", "%s of %u rows are left",
                       ["‹%s óóf %u róóws íís lééft›", "‹%s óóf %u róóws ááréé lééft›"]),
                      list(made.entries()))


if __name__ == "__main__":
    unittest.main()
