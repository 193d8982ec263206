# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""One accessible object."""

import ast
import contextlib
import re

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

INTERFACE = "org.a11y.atspi."
ACCESSIBLE = INTERFACE + "Accessible"
ANSWER_SECONDS = 20
SELECTED = int(Atspi.StateType.SELECTED)
# GTK keeps some two hundred rows for a list, of which a window shows a few dozen.
ENDS = 40
# What GTK 4.8 and the AT-SPI of Debian 12 call what later versions call otherwise.
ROLE_NAMES = {"button": "push button", "check menu item": "menu item", "grouping": "panel",
              "radio button": "check box", "radio menu item": "menu item",
              "toggle button": "push button"}
# Of what was not laid out yet GTK 4.18 says any size.
LARGEST = 20_000


def property_of(interface, name):
    """Returns the question for a property."""
    return ("org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (interface, name)))


DESCRIPTION = property_of(ACCESSIBLE, "Description")
COUNT = property_of(INTERFACE + "Text", "CharacterCount")


def role_name(role):
    # Those that came later than the library have a number alone.
    name = Atspi.role_get_name(role) if role < int(Atspi.Role.LAST_DEFINED) else f"role {role}"
    return ROLE_NAMES.get(name, name)


def is_on_screen(width, height):
    return 0 < min(width, height) and max(width, height) < LARGEST


def matches(text, wanted):
    """WANTED is a string, a compiled pattern for all of TEXT, or None for anything."""
    if wanted is None:
        return True
    return bool(wanted.fullmatch(text)) if isinstance(wanted, re.Pattern) else text == wanted


def ends_of(children):
    """The first and the last of a long list: reading all would take most of a test's time."""
    return children if len(children) <= 2 * ENDS else [*children[:ENDS], *children[-ENDS:]]


class Node:
    """One accessible object as it was when the tree was read; its methods ask it now."""

    def __init__(self, bus, owner, path, parent=None):
        self._bus = bus
        self.owner = owner
        self.path = path
        self.parent = parent
        self.role = ""
        self._name = ""
        self.states = 0
        self.children = []

    def __repr__(self):
        return f"{self.role} {self.name!r}"

    @property
    def name(self):
        # As ARIA has it, a status is called nothing from GTK 4.12 on: it says its text alone.
        if self.role == "status bar" and not self._name:
            with contextlib.suppress(GLib.Error):
                self._name = self._bus.understand(self.text())
        return self._name

    @name.setter
    def name(self, name):
        self._name = name

    def take(self, name, role, low, high):
        """Takes what ITEM says of it."""
        # Without quotation marks; what is escaped looks the same in Python.
        self.name = self._bus.understand(ast.literal_eval(name) if "\\" in name else name[1:-1])
        self.role = role_name(int(role))
        self.states = int(low) | int(high) << 32

    def adopt(self, paths):
        """Takes the nodes with PATHS below it."""
        if (self.role, self.name) == ("list", "Jobs of this wallet"):
            paths = ends_of(paths)
        self.children = [Node(self._bus, self.owner, path, self) for path in paths]

    def line(self):
        """Itself and what holds it, from inside out."""
        return [self, *(self.parent.line() if self.parent else ())]

    def has(self, state):
        """True when it had a state such as `focused` or `checked`."""
        number = int(getattr(Atspi.StateType, state.upper()))
        return bool(self.states >> number & 1)

    def walk(self):
        """Yields this node and all below it, in the order of the window."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, role=None, name=None):
        return [node for node in self.walk() if matches(node.role, role)
                and matches(node.name, name)]

    def find(self, role=None, name=None):
        return next((node for node in self.walk()
                     if matches(node.role, role) and matches(node.name, name)), None)

    def labels(self):
        """The texts in it that are not empty, in order."""
        return [node.name for node in self.walk()
                if node.role in ("label", "alert") and node.name and node.is_shown()]

    def call(self, interface, method, arguments=None, seconds=ANSWER_SECONDS):
        return self._bus.call(self.owner, self.path, INTERFACE + interface, method, arguments,
                              seconds)

    def click(self, seconds=ANSWER_SECONDS):
        (done,) = self.call("Action", "DoAction", GLib.Variant("(i)", (0,)), seconds)
        assert done, f"{self} cannot be clicked"

    def text(self):
        # To the end and no farther: an entry of GTK 4.8 answers -1 with nothing.
        (length,) = self._bus.call(self.owner, self.path, *COUNT)
        return self.call("Text", "GetText", GLib.Variant("(ii)", (0, length)))[0]

    def description(self):
        return self._bus.call(self.owner, self.path, *DESCRIPTION)[0]

    def set_text(self, text):
        self.call("EditableText", "SetTextContents", GLib.Variant("(s)", (text,)))

    def extents(self):
        """Returns x, y, width and height in its window."""
        return self._bus.extents(self.owner, self.path)

    def is_shown(self):
        """False for what is hidden or was never on screen."""
        return self._bus.is_shown(self.owner, self.path)
