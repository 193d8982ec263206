#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every page and every dialog is a stop of a window test, where it is looked at and crawled."""

import os
import re
import sys
import unittest

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(TESTS, "ui"))

import places  # noqa: E402  pylint: disable=wrong-import-position

CLASS = re.compile(r"G_DEFINE\w*TYPE\w* \((\w+), \w+, (\w+)", re.DOTALL)
WINDOWS = re.compile(r"\w+_(WINDOW|DIALOG|POPOVER)")


def classes():
    """Yields each class of the window with that of which it is one."""
    for folder, _folders, files in os.walk(os.path.join(TESTS, "..", "src", "app")):
        for name in files:
            if name.endswith(".c"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    yield from CLASS.findall(file.read())


class Places(unittest.TestCase):
    """The list against the sources and the tests."""

    def test_complete(self):
        there = {name for name, parent in classes()
                 if name.endswith(("Page", "Dialog")) or WINDOWS.fullmatch(parent)}
        self.assertEqual(there - places.PARTS, set(places.PLACES))

    def test_visited(self):
        for name, (file, stop) in places.PLACES.items():
            with open(os.path.join(TESTS, "ui", file), encoding="utf-8") as text:
                self.assertTrue(stop in text.read(), f"{name}: {stop} is not in {file}")


if __name__ == "__main__":
    unittest.main()
