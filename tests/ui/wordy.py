# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Windows in the languages of nobody, one of which says everything at more length, and one as
English does: see po/pseudo.py.

Tests look for the same texts in it as in any other. What is not in that language then is not found,
since it cannot be translated; and what has too little room in it will have so in some language.
"""

import os
import re
import sys

import window as harness
from fixtures.locales import locale_path

sys.path.insert(0, os.path.join(harness.SOURCE, "po"))

import pseudo  # noqa: E402

# How the program tells what it cut: see wd-clipping.c.
CLIPPED = re.compile(r"^clipped (\S+): (‹.*›)$", re.MULTILINE)
# Cut on purpose, by what holds it.
EXEMPT = {"WdFilterEntry.GtkLabel",    # an example in an empty search; what fits is offered
          "WdJobLine.GtkLabel",        # beside others; the job's page says it
          "WdPaletteRow.GtkLabel"}     # likewise
# A window without room for all columns cuts what is in them, of which a tooltip then shows all.
NARROW_EXEMPT = {"WdTable.GtkInscription", "WdTable.WdBadgeCell"}


class MarkedWindow(harness.Window):
    """A window that tells which of its texts were cut."""

    language = pseudo.MARKED
    say = staticmethod(pseudo.mark)
    understand = staticmethod(pseudo.understand)

    def __init__(self, environment, **options):
        # Where messages are in the locale C, which C.UTF-8 is one of, LANGUAGE is not looked at.
        super().__init__(environment, **{
            **options, **dict.fromkeys(filter(re.compile("LC_").match, os.environ), None),
            "LC_ALL": None, "LANG": "C.UTF-8", "LC_MESSAGES": "en_US.UTF-8",
            "LOCPATH": locale_path("en_US"), "LANGUAGE": self.language,
            "WD_LOCALEDIR": self._make_language(), "WD_CLIPPING": "1"})

    def _make_language(self):
        """Makes the language in the build folder, of what is there for any other; returns where."""
        build = harness.build_folder()
        return pseudo.make(os.path.join(build, "po", "de", "LC_MESSAGES", f"{pseudo.DOMAIN}.mo"),
                           os.path.join(build, "tests", "pseudo"), self.language, self.say)

    def clipped(self, narrow):
        """Returns what was cut so far that must not be (in a NARROW window), as "holder: text"."""
        exempt = EXEMPT | NARROW_EXEMPT if narrow else EXEMPT
        return [f"{holder}: {self.understand(text)}" for holder, text in CLIPPED.findall(self.log())
                if holder not in exempt]


class WordyWindow(MarkedWindow):
    """One in which all texts are longer than in English."""

    language = pseudo.LANGUAGE
    say = staticmethod(pseudo.say)
