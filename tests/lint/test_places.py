#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every page, dialog and popover is a stop of a window test, where it is looked at and crawled."""

import os
import re
import sys
import unittest

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(TESTS, "ui"))

import places  # noqa: E402  pylint: disable=wrong-import-position

CLASS = re.compile(r"G_DEFINE\w*TYPE\w* \((\w+), \w+, (\w+)", re.DOTALL)
# What opens one: what it opens is not counted again.
POPOVER = re.compile(r'class="GtkMenuButton"|gtk_popover_menu_new_from_model \(|'
                     r"gtk_menu_button_new \(")
QUESTION = re.compile(r"\bwd_(?:message_dialog_new|confirm_async) \(")
# What they all are made by.
MAKERS = {"common/wd-confirm.c", "common/wd-message-dialog.c"}
WINDOWS = re.compile(r"\w+_(WINDOW|DIALOG|POPOVER)")


def sources(suffix):
    """Yields the names of the window's sources, and what is in them."""
    app = os.path.join(TESTS, "..", "src", "app")
    for folder, _folders, files in os.walk(app):
        for name in files:
            if name.endswith(suffix):
                path = os.path.join(folder, name)
                with open(path, encoding="utf-8") as file:
                    yield os.path.relpath(path, app), file.read()


def classes():
    """Yields each class of the window with that of which it is one."""
    for _name, text in sources(".c"):
        yield from CLASS.findall(text)


class Places(unittest.TestCase):
    """The list against the sources and the tests."""

    def test_complete(self):
        there = {name for name, parent in classes()
                 if name.endswith(("Page", "Dialog")) or WINDOWS.fullmatch(parent)}
        self.assertEqual(there - places.PARTS, set(places.PLACES))

    def test_wordy(self):
        """In the language of nobody, too."""
        self.assertEqual(set(places.WORDY), set(places.PLACES))

    def test_popovers(self):
        there = {}
        for name, text in sources((".c", ".ui")):
            count = len(POPOVER.findall(text))
            if count:
                there[name] = count
        self.assertEqual(there, {name: len(stops) for name, stops in places.POPOVERS.items()})

    def test_questions(self):
        there = {name for name, text in sources(".c") if QUESTION.search(text)}
        self.assertEqual(there - MAKERS, set(places.QUESTIONS))

    def test_visited(self):
        stops = [*places.PLACES.items(), *places.WORDY.items(), *places.QUESTIONS.items(),
                 *((name, stop) for name, stops in places.POPOVERS.items() for stop in stops)]
        for name, (file, stop) in stops:
            with open(os.path.join(TESTS, "ui", file), encoding="utf-8") as text:
                self.assertTrue(stop in text.read(), f"{name}: {stop} is not in {file}")


if __name__ == "__main__":
    unittest.main()
