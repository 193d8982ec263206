# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sources keep to the rules, and each rule notices what breaks it."""

import os
import re
import unittest

from lint import rules

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
FOLDERS = ("src", "tests", "tools", "data", "migrations", "flatpak", "help", "po")
SKIPPED_FOLDERS = ("node_modules", "__pycache__", "cache")

# What may break a rule, each with its reason. An entry that is not needed any more fails, too.
ALLOWED = {}

C_HEAD = ("/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors\n"
          " * SPDX-License-Identifier: GPL-3.0-or-later */\n\n")
HASH_HEAD = ("# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors\n"
             "# SPDX-License-Identifier: GPL-3.0-or-later\n\n")
LUA_HEAD = HASH_HEAD.replace("#", "--")

# A file that breaks one rule, and which.
BROKEN = (
    ("src/base/a.c", C_HEAD + "x" * 101 + "\n", "columns"),
    ("src/bullmq/scripts/a.lua", LUA_HEAD + "-- " + "ü" * 98 + "\n", "columns"),
    ("tools/a", "#!/bin/bash\n" + HASH_HEAD + ": " + "x" * 99 + "\n", "columns"),
    ("tests/a.py", HASH_HEAD + "x = 1\n" * 400, "length"),
    ("src/base/a.c", C_HEAD + "int x;\n" * 398, "length"),
    ("src/base/a.c", "int x;\n", "license"),
    ("src/base/a.c", C_HEAD.replace("GPL-3.0", "MIT") + "int x;\n", "license"),
    ("tools/a", "#!/bin/bash\necho\n", "license"),
    ("src/app/a.ui", "<interface/>\n", "license"),
    ("src/base/a.c", C_HEAD + "int\nwork (void)\n{\n" + "  x ();\n" * 78 + "}\n", "function"),
    ("src/bullmq/scripts/a.lua", LUA_HEAD + "local function f()\n" + "  x()\n" * 79 + "end\n",
     "function"),
    ("tests/a.py", HASH_HEAD + "def work():\n" + "    x()\n" * 80, "function"),
    ("src/session/a.c", C_HEAD + "#include <gtk/gtk.h>\n", "gtk"),
    ("src/cli/a.h", C_HEAD + "#pragma once\n#include <adwaita.h>\n", "gtk"),
    ("src/session/a.c", C_HEAD + '#include "app/wd-window.h"\n', "gtk"),
    ("src/direct/a.c", C_HEAD + 'x ("SELECT 1");\n', "sql"),
    ("src/app/a.c", C_HEAD + 'x ("id "\n   "FROM public.job_logs");\n', "sql"),
    ("src/direct/a.c", C_HEAD + 'x ("bull:jobs:wait");\n', "keys"),
    ("src/cli/a.c", C_HEAD + 'x ("wd-receipt:%s");\n', "keys"),
    ("src/base/a.h", C_HEAD + "int x;\n", "once"),
)

# Files that break none.
SOUND = (
    ("src/base/a.c", C_HEAD + "x" * 100 + "\n" + "int x;\n" * 396),
    ("src/base/a.c", C_HEAD + "/**\n * wd_a:\n" + " * x\n" * 300 + " */\n" + "int x;\n" * 300),
    ("src/base/a.c", C_HEAD + "int\nwork (void)\n{\n" + "  x ();\n" * 77 + "}\n"),
    ("src/app/a.c", C_HEAD + "#include <gtk/gtk.h>\n"),
    ("src/postgres/a.c", C_HEAD + 'x ("SELECT 1");\n'),
    ("src/redis/a.c", C_HEAD + 'x ("SELECT", "3");\n/* SELECT 1 FROM public.x, bull:x:wait */\n'),
    ("src/bullmq/a.c", C_HEAD + 'x ("bull:jobs:wait");\n'),
    ("tests/a.py", HASH_HEAD + 'x("SELECT 1", "bull:jobs:wait")\n'),
)

HEADER = (C_HEAD + "#pragma once\n\n#define X(a) \\\n  wd_macro (a)\n\n"
          "typedef void (*WdFunc) (int wd_x);\n\nG_DECLARE_FINAL_TYPE (WdA, wd_a, WD, A, GObject)\n"
          "void  wd_a_one (WdA *self);\nchar *wd_a_two (WdA *self,\n                int x);\n")


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def read_sources():
    """Returns the text of each file of ours by its path, source files only."""
    files = {}
    for folder in FOLDERS:
        for at, folders, names in os.walk(os.path.join(ROOT, folder)):
            folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
            for name in names:
                path = os.path.relpath(os.path.join(at, name), ROOT)
                if path.endswith(rules.LICENSED) or "." not in name:
                    files[path] = read(path)
    files.update({name: read(name) for name in ("meson.build", "meson_options.txt")})
    return files


class Sources(unittest.TestCase):
    def test_rules_are_kept(self):
        files = read_sources()
        self.assertGreater(len(files), 400)
        self.assertIn("tools/test", files)
        found = [(path, rule, line, what) for path, text in sorted(files.items())
                 for rule, line, what in rules.check(path, text)]
        found += [*rules.check_documentation(files), *rules.check_includes(files)]
        faults = [f"{path}:{line}: {rule}: {what}" for path, rule, line, what in found
                  if (path, rule) not in ALLOWED]
        self.assertEqual(faults, [], "\n" + "\n".join(faults))
        needed = {(path, rule) for path, rule, _line, _what in found}
        self.assertEqual([entry for entry in ALLOWED if entry not in needed], [])

    def test_each_rule_notices(self):
        for path, text, rule in BROKEN:
            with self.subTest(rule=rule, path=path):
                self.assertEqual({found for found, _line, _what in rules.check(path, text)}, {rule})
        noticed = {rule for _path, _text, rule in BROKEN}
        self.assertEqual(len(noticed), 8)

    def test_what_is_sound_passes(self):
        for number, (path, text) in enumerate(SOUND):
            with self.subTest(number=number, path=path):
                self.assertEqual(list(rules.check(path, text)), [])

    def test_screenshots_are_there(self):
        """What the metainfo shows a software centre is what the README shows."""
        metainfo = read("data/org.workerdashboard.WorkerDashboard.metainfo.xml.in")
        shown = re.findall(r"/screenshots/([\w-]+\.png)</image>", metainfo)
        self.assertEqual(len(shown), metainfo.count("<image "))
        self.assertGreater(len(shown), 0)
        self.assertEqual([name for name in shown
                          if not os.path.exists(os.path.join(ROOT, "docs", name))], [])

    def test_includes(self):
        header = {"src/app/a.h": "#include <gtk/gtk.h>\n"}
        for text, missing in (
                ("gtk_init ();\n", ["gtk_init without <gtk/gtk.h>"]),
                ('#include "app/a.h"\ngtk_init (); /* AdwBin */ x ("AdwBin");\n', []),
                ('#include "app/a.h"\nAdwBin *bin;\n', ["AdwBin without <adwaita.h>"]),
                ("#include <adwaita.h>\nAdwBin *bin; GtkWidget *w;\n", [])):
            found = rules.check_includes({**header, "src/app/a.c": text})
            self.assertEqual([what for _path, _rule, _line, what in found], missing)

    def test_documentation(self):
        source = "/**\n * wd_a_one:\n */\nvoid\nwd_a_one (WdA *self)\n{\n}\n"
        other = "/* Not this way. */\nchar *\nwd_a_two (WdA *self, int x)\n{\n}\n"
        self.assertEqual([name for name, _line in rules.declared_functions(HEADER)],
                         ["wd_a_one", "wd_a_two"])
        apart = source.replace(" */\n", " */\nvoid\nwd_b (void)\n{\n}\n\n")
        for text, missing in ((source + other, ["wd_a_two has no documentation comment"]),
                              (apart, ["wd_a_one has no documentation comment"]), (source, [])):
            found = rules.check_documentation({"src/a/a.h": HEADER, "src/a/a.c": text})
            self.assertEqual([what for _path, _rule, _line, what in found], missing)


if __name__ == "__main__":
    unittest.main()
