# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every source file has to keep to. Each rule yields (rule, line, what is wrong)."""

import ast
import re

MOST_COLUMNS = 100
MOST_LINES = 400
MOST_FUNCTION_LINES = 80

CODE = (".c", ".h", ".lua", ".py", ".sh", ".js", ".build")
LICENSED = (*CODE, ".css", ".ui", ".sql", ".xml", ".in")

C_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
C_TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"')
DOC_COMMENT = re.compile(r"^/\*\*\n(?: \*.*\n)*? \*/\n", re.MULTILINE)
# The comment stands right before the function that it is about, its return type between them.
DOCUMENTED = re.compile(r"^/\*\*\n \* (\w+):.*\n(?: \*.*\n)*? \*/\n(?:\w.*\n){0,3}\1 \(",
                        re.MULTILINE)

# Words with which a statement begins, and the schemas that only SQL names.
SQL = re.compile(r'"\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|CREATE|ALTER|DROP|LISTEN|'
                 r'NOTIFY)\s+\w|\b(?:FROM|JOIN|INTO) (?:public|worker_dashboard)\.')
# Ends of BullMQ's keys, and words that stand nowhere but in its keys and hashes.
KEYS = re.compile(r":(?:meta|wait|paused|active|prioritized|pc|delayed|completed|failed|marker|"
                  r"events|waiting-children|stalled|stalled-check|limiter|repeat|lock|logs|"
                  r"dependencies|unsuccessful)\"|wd-receipt|opts\.maxLenEvents|stalled-check|"
                  r"failedReason|finishedOn|processedOn|parentKey|attemptsMade")

STYLE_MOTION = re.compile(r"(?:^|[;{\s])(?:transition|animation)[\w-]*:|@keyframes")
FRAME_MOTION = re.compile(r"gtk_widget_add_tick_callback|gtk-enable-animations")
INCLUDE = re.compile(r'^#include [<"]([^>"]+)[>"]', re.MULTILINE)
# What brings all names that begin so, unless that is left to the precompiled header.
BRINGS = (("<adwaita.h>", re.compile(r"\b(?:adw_|Adw[A-Z]|ADW_)\w*")),
          ("<gtk/gtk.h>", re.compile(r"\b(?:(?:gtk|gdk|gsk|pango|cairo|GTK|GDK|GSK|PANGO|CAIRO)_|"
                                     r"(?:Gtk|Gdk|Gsk|Pango)[A-Z])\w*")))
# These wait for a frame, and do something once.
ONE_FRAME = {"src/app/common/wd-table-wheel.c", "src/app/help/wd-help-window.c"}


def is_script(text):
    return text.startswith("#!")


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def check_columns(path, text):
    if path.endswith(CODE) or is_script(text):
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) > MOST_COLUMNS:
                yield "columns", number, f"{len(line)} columns"


def check_length(path, text):
    """Documentation comments do not count: a file is long by what it does."""
    if not path.endswith(CODE) and not is_script(text):
        return
    lines = DOC_COMMENT.sub("", text).count("\n")
    if lines > MOST_LINES:
        yield "length", 1, f"{lines} lines besides documentation comments"


def check_license(path, text):
    if not path.endswith(LICENSED) and not is_script(text) and path != "meson_options.txt":
        return
    head = "\n".join(text.splitlines()[:5])
    for tag in ("SPDX-FileCopyrightText: ", "SPDX-License-Identifier: GPL-3.0-or-later"):
        if tag not in head:
            yield "license", 1, f"no {tag.split(':')[0]} in its first lines"


def c_functions(text):
    """Yields name, first line and last line of each function defined."""
    name, start = None, 0
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r"(\w+) \(", line)
        if match:
            name, start = match[1], number
        elif line == "}" and name:
            yield name, start, number
            name = None


def lua_functions(text):
    name, start = None, 0
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r"(?:local )?function (\w+)", line)
        if match:
            name, start = match[1], number
        elif line == "end" and name:
            yield name, start, number
            name = None


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            yield node.name, node.lineno, node.end_lineno


def functions_of(path, text):
    if path.endswith((".c", ".h")):
        return c_functions(text)
    if path.endswith(".lua"):
        return lua_functions(text)
    if path.endswith(".py") or text.startswith("#!/usr/bin/python3"):
        return python_functions(text)
    return ()


def check_functions(path, text):
    for name, start, end in functions_of(path, text):
        if end - start + 1 > MOST_FUNCTION_LINES:
            yield "function", start, f"{name} has {end - start + 1} lines"


def is_inside(path, folder):
    return path.startswith(folder + "/")


def is_c_source(path):
    return is_inside(path, "src") and path.endswith((".c", ".h"))


def check_folders(path, text):
    """Only app/ knows GTK, only postgres/ SQL, only bullmq/ the names of keys."""
    if not is_c_source(path):
        return
    code = C_COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    if not is_inside(path, "src/app"):
        for match in re.finditer(r'^#include (?:<(?:gtk|gdk|adwaita)|"app/)', code, re.MULTILINE):
            yield "gtk", line_of(code, match.start()), f"{match[0]}… outside src/app"
    for match in C_TEXT.finditer(code):
        if not is_inside(path, "src/postgres") and SQL.search(match[0]):
            yield "sql", line_of(code, match.start()), f"{match[0]} outside src/postgres"
        if not is_inside(path, "src/bullmq") and KEYS.search(match[0]):
            yield "keys", line_of(code, match.start()), f"{match[0]} outside src/bullmq"


def check_once(path, text):
    # One that is compiled by itself has none: that would be a warning.
    if path.endswith(".h") and "/pch/" not in path and "\n#pragma once\n" not in text:
        yield "once", 1, "a header without #pragma once"


def check_motion(path, text):
    """What moves are the toolkit's animations, which it leaves out for whoever wants none."""
    moving = STYLE_MOTION if path.endswith(".css") else FRAME_MOTION
    if not is_inside(path, "src/app") or path in ONE_FRAME:
        return
    for match in moving.finditer(C_COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)):
        yield "motion", line_of(text, match.start()), f"{match[0]}: who wants none cannot tell it"


RULES = (check_columns, check_length, check_license, check_functions, check_folders, check_once,
         check_motion)


def check(path, text):
    for rule in RULES:
        yield from rule(path, text)


def declared_functions(header):
    """Yields the public functions of a header and their lines."""
    text = C_COMMENT.sub(lambda match: "\n" * match[0].count("\n"), header)
    text = re.sub(r"^#(?:.*\\\n)*.*$", lambda match: "\n" * match[0].count("\n"), text,
                  flags=re.MULTILINE)
    text = re.sub(r"\b(?:G_(?:DECLARE|DEFINE)|WD_DECLARE)\w* \([^)]*\)", "", text)
    for match in re.finditer(r"^(?!typedef|static|struct|enum| |\}|$).*?\b(wd_\w+) \(", text,
                             re.MULTILINE):
        yield match[1], line_of(text, match.start())


def included(files, path, seen=None):
    """Returns what a file includes, itself or by headers of ours."""
    seen = set() if seen is None else seen
    for name in INCLUDE.findall(files.get(path, "")):
        if name not in seen:
            seen.add(name)
            included(files, f"src/{name}", seen)
    return seen


def check_includes(files):
    """A file of the window includes what it names, though it is compiled after the precompiled
    header, which has it already."""
    for path, text in files.items():
        if not is_inside(path, "src/app") or not path.endswith(".c"):
            continue
        headers = {f"<{name}>" for name in included(files, path)}
        if "<adwaita.h>" in headers:
            continue
        code = C_TEXT.sub('""', C_COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text))
        for header, names in BRINGS:
            found = names.search(code)
            if found and header not in headers:
                yield path, "includes", line_of(code, found.start()), f"{found[0]} without {header}"


def check_documentation(files):
    """A public function has its comment where it is defined."""
    documented, defined = set(), set()
    for path, text in files.items():
        if path.endswith(".c"):
            documented.update(DOCUMENTED.findall(text))
            defined.update(name for name, _start, _end in c_functions(text))
    for path, text in files.items():
        if not is_c_source(path) or not path.endswith(".h") or path.endswith("-private.h"):
            continue
        for name, line in declared_functions(text):
            if name in defined and name not in documented:
                yield path, "documentation", line, f"{name} has no documentation comment"
