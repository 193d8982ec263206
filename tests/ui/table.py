# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads a table of the window, and uses its headers and filters."""

import re
import time

from node import ACCESSIBLE, SELECTED

# The name of a header's arrow: of its class in GTK 4.8, none later.
ARROWS = ("GtkBuiltinIcon", "")
UNLOADED = "Not loaded yet"


class Table:
    """The table of one page, such as `Jobs`, in a window whose width does not change.

    NOUN is a pattern for what its rows are called, without the s of the plural.
    """

    def __init__(self, window, name, noun=None):
        self.window = window
        self.name = name
        self._noun = noun or name.lower().rstrip("s")
        self._aside = 10
        # By name: behind another page stands a table as well.
        table = window.wait(lambda: window.tree().find("tree table", name), f"table {name}")
        self._header, self._view = self._below(table.path)
        self._headers = self._find_headers()

    def _below(self, path):
        return self.window.bus.children(self.window.owner, [path])[0]

    def _texts(self, paths):
        """Returns the text in each cell of PATHS; cells without one hold a space.

        What is not loaded yet has none.
        """
        bus, owner = self.window.bus, self.window.owner
        labels = bus.children(owner, paths)
        names = iter(bus.names(owner, [below[0] for below in labels if below]))
        texts = [(next(names) or "").strip() if below else "" for below in labels]
        return ["" if text == UNLOADED else text for text in texts]

    def _find_headers(self):
        """Returns the headers on screen by their text, in order."""
        bus, owner = self.window.bus, self.window.owner
        headers = [path for path in self._below(self._header) if bus.is_shown(owner, path)]
        found = {}
        for header in headers:
            [box] = self._below(header)
            [text] = [name for name in bus.names(owner, self._below(box)) if name not in ARROWS]
            found[text] = header
        return found

    def titles(self):
        return list(self._headers)

    def rows(self, most=10):
        """Returns the texts of the first rows, a dict by header for each."""
        rows = self.window.bus.children(self.window.owner, self._below(self._view)[:most])
        texts = iter(self._texts([cell for row in rows for cell in row]))
        return [dict(zip(self._headers, [next(texts) for _cell in row])) for row in rows]

    def column(self, title, on_screen=False):
        """Returns the texts of one column in all rows that exist now, in no order.

        ON_SCREEN leaves out those near the screen and those that are cut, and sorts by place.
        """
        bus, owner = self.window.bus, self.window.owner
        rows = self._below(self._view)
        if on_screen:
            _x, top, _width, height = bus.extents(owner, self._view)
            places = {}
            for row, extents in zip(rows, bus.all_extents(owner, rows)):
                # None has one that is gone by now, no height one that was not laid out yet.
                _x, y, _width, size = extents or (0, -1, 0, 0)
                if size > 0 and y >= top and y + size <= top + height:
                    places[y] = row
            rows = [places[y] for y in sorted(places)]
        number = self.titles().index(title)
        return self._texts([row[number] for row in bus.children(owner, rows) if len(row) > number])

    def total(self):
        """What the bar below says, such as `3000 jobs`, without spaces in the number."""
        node = self.window.find("label", re.compile(rf"(About )?[\d\s]+ {self._noun}s?"))
        return re.sub(r"\s(?=\d)", "", node.name)

    def wait_total(self, total):
        self.window.wait(lambda: self.total() == total, lambda: f"{total}: it says {self.total()}")

    def wait_rows(self, expected, key):
        """Waits for KEY of the first rows to be EXPECTED, a list."""
        self.window.wait(
            lambda: [key(row) for row in self.rows(len(expected))] == expected,
            lambda: f"{expected}: there are {[key(row) for row in self.rows(len(expected))]}")

    def sort(self, title):
        """Clicks the header, each time elsewhere: two clicks at one place are a double one."""
        self._aside = -self._aside
        self.window.press(self._headers[title], aside=self._aside)

    def press(self, number):
        """Clicks a row."""
        self.window.press_still(self._below(self._view)[number])

    def is_selected(self, number):
        """Whether a row is chosen."""
        low, _high = self.window.bus.call(
            self.window.owner, self._below(self._view)[number], ACCESSIBLE, "GetState")[0]
        return bool(low >> SELECTED & 1)

    def turn_wheel(self, clicks, delay):
        """Turns the wheel down, a click each DELAY milliseconds."""
        self.window.turn_wheel(self._view, clicks, delay)

    def drag_scrollbar(self, share):
        """Takes the scrollbar from the top down to SHARE of its height."""
        x, y, width, height = self.window.bus.extents(self.window.owner, self._view)
        self.window.drag(x + width - 4, y + 8, y + int(height * share))

    def choose(self, filter_name, *choices, key="Tab"):
        """Opens a filter and chooses in it by keyboard; KEY goes from one choice to the next."""
        self.open_filter(filter_name)
        for choice in choices:
            self.window.move_to("check box", choice, key)
            self.window.wait(lambda choice=choice: self.window.find("check box", choice)
                             .has("checked"), f"check at {choice}")
        self.window.key("Escape")
        self.window.wait_gone("check box", choices[0])

    def press_choice(self, name, first):
        """Clicks a completion of the search line; FIRST is the one at the top."""
        entry = self.window.find("entry", re.compile("Search .*"))
        # Where the popover is GTK 4.8 does not say: it begins below the line.
        _x, _y, width, height = entry.extents()
        _x, y, _width, row = self.window.find_calm("list item", name).extents()
        _x, top, _width, _height = self.window.find("list item", first).extents()
        # It is told of before it is on the screen.
        self.window.picture("choices")
        self.window.point(entry.path, aside=40 - width // 2,
                          below=height // 2 + 8 + y - top + row // 2)
        # The pointer rests while the table beneath is laid out anew, to which the press went then.
        self.window.key("F5")
        time.sleep(0.5)
        self.window.press_there()

    def open_filter(self, filter_name):
        button = self.window.find("push button", re.compile(re.escape(filter_name) + ": .*"))
        # Of the two nodes that a menu button consists of, the inner one opens it.
        button.children[0].click()

    def search(self, text):
        self.window.find("entry", f"Search {self.name.lower()}").set_text(text)
