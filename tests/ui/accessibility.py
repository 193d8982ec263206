# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A window as assistive technology sees it, over AT-SPI's D-Bus interface.

Reads all nodes of a program with one question. Where tables have thousands of them that takes
longer than a level of the tree at a time, all its nodes asked at once, which can stop at tables:
those are read by the column instead. One question after the other, as the client libraries ask,
would take seconds for what so takes tenths.
"""

import ast
import collections
import contextlib
import re

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ROOT = "/org/a11y/atspi/accessible/root"
ANSWER_SECONDS = 20
# So many nodes take as long to unpack as a tree without its tables takes to ask for by levels.
MANY_NODES = 1000
# So few take less time than the whole tree.
FEW_NODES = 30
# How often the tree is read by levels before it is seen whether there are as many nodes yet.
TREES_BY_LEVELS = 10
# GTK keeps some two hundred rows for a list, of which a window shows a few dozen.
ENDS = 40
_INTERFACE = "org.a11y.atspi."
ACCESSIBLE = _INTERFACE + "Accessible"
ALL_NODES = ("/org/a11y/atspi/cache", _INTERFACE + "Cache", "GetItems")
NAME = ("org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (ACCESSIBLE, "Name")))
DESCRIPTION = ("org.freedesktop.DBus.Properties", "Get",
               GLib.Variant("(ss)", (ACCESSIBLE, "Description")))
PARENT = ("org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (ACCESSIBLE, "Parent")))
COUNT = ("org.freedesktop.DBus.Properties", "Get",
         GLib.Variant("(ss)", (_INTERFACE + "Text", "CharacterCount")))
# In coordinates of the window.
EXTENTS = (_INTERFACE + "Component", "GetExtents", GLib.Variant("(u)", (1,)))
_TEXT = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
# As GVariant writes a node of ALL_NODES.
ITEM = re.compile(r"\(\('[^']*', '([^']*)'\), "       # itself
                  r"\('[^']*', '[^']*'\), "            # its program
                  r"\('[^']*', '([^']*)'\), "          # what holds it
                  r"(-?\d+), (-?\d+), "               # which it is there, how many it holds
                  rf"\[[^]]*\], ({_TEXT}), (\d+), {_TEXT}, "   # name, role
                  r"\[(\d+), (\d+)\]\)")              # states
PATH = re.compile("'(/[^']*)'")
VISIBLE = int(Atspi.StateType.VISIBLE)
QUESTIONS = ((ACCESSIBLE, "GetRole", None), NAME, (ACCESSIBLE, "GetState", None),
             (ACCESSIBLE, "GetChildren", None))


# What GTK 4.8 and the AT-SPI of Debian 12 call what later versions call otherwise.
ROLE_NAMES = {"button": "push button", "check menu item": "menu item", "grouping": "panel",
              "radio button": "check box", "radio menu item": "menu item",
              "toggle button": "push button"}
# Of what was not laid out yet GTK 4.18 says any size.
LARGEST = 20_000
# More than what is around the content of anything on both sides together.
WIDEST_PADDING = 40


def role_name(role):
    # Those that came later than the library have a number alone.
    name = Atspi.role_get_name(role) if role < int(Atspi.Role.LAST_DEFINED) else f"role {role}"
    return ROLE_NAMES.get(name, name)


def is_on_screen(width, height):
    return 0 < min(width, height) and max(width, height) < LARGEST


def padding_of(place, inner, axis):
    """What is on each side of the content, which are the places INNER, across AXIS 0 or down 1."""
    begin = min((other[axis] for other in inner), default=place[axis]) - place[axis]
    end = max((other[axis] + other[axis + 2] for other in inner), default=0) - place[axis]
    room = place[axis + 2] - end - begin
    return room // 2 if begin >= 0 and 0 < room <= WIDEST_PADDING else 0


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
        return self._bus.call(self.owner, self.path, _INTERFACE + interface, method, arguments,
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


class AccessibilityBus:
    """The session's accessibility bus, which is started by the first who asks for it.

    UNDERSTAND makes the names that tests look for of those that the program says.
    """

    def __init__(self, understand=str):
        self.understand = understand
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        (address,) = session.call_sync(
            "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
            Gio.DBusCallFlags.NONE, ANSWER_SECONDS * 1000).unpack()
        flags = Gio.DBusConnectionFlags
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        self._trees_by_levels = 0

    def call(self, owner, path, interface, method, arguments=None, seconds=ANSWER_SECONDS):
        return self.connection.call_sync(owner, path, interface, method, arguments, None,
                                          Gio.DBusCallFlags.NONE, int(seconds * 1000)).unpack()

    def application(self, pid):
        """Returns the bus name of the process's accessible tree, or None."""
        (children,) = self.call(
            "org.a11y.atspi.Registry", ROOT, ACCESSIBLE, "GetChildren")
        for owner, _path in children:
            try:
                (found,) = self.call(
                    "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                    "GetConnectionUnixProcessID", GLib.Variant("(s)", (owner,)))
            except GLib.Error:
                continue
            if found == pid:
                return owner
        return None

    def extents(self, owner, path):
        return self.call(owner, path, *EXTENTS)[0]

    def all_extents(self, owner, paths):
        return self.ask_all(owner, [(path, *EXTENTS) for path in paths])

    def paddings(self, owner, path):
        """Returns how much of padding, to the right and down, is between the window's content and
        the node with PATH: GTK 4.18 leaves it out when it adds up where something is.

        Told by the room that the content of each holder leaves, the same on both of its sides.
        """
        right, down = 0, 0
        path = self.call(owner, path, *PARENT)[0][1]
        while path != ROOT:
            (_owner, above), = self.call(owner, path, *PARENT)
            if above == ROOT:
                break
            place = self.extents(owner, path)
            inner = [inner for inner in self.all_extents(owner, self.children(owner, [path])[0])
                     if inner and is_on_screen(*inner[2:])]
            right += padding_of(place, inner, 0)
            down += padding_of(place, inner, 1)
            path = above
        return right, down

    def is_shown(self, owner, path):
        try:
            _x, _y, width, height = self.extents(owner, path)
        except GLib.Error:
            return False
        return is_on_screen(width, height)

    def ask_all(self, owner, questions, read=lambda answer: answer.unpack()[0]):
        """Asks all QUESTIONS (path, interface, method, arguments) at once.

        Returns what READ says of the answers in a list; None from what is gone.
        """
        answers = [None] * len(questions)
        pending = len(questions)
        loop = GLib.MainLoop()

        def answered(connection, result, number):
            nonlocal pending
            pending -= 1
            with contextlib.suppress(GLib.Error):
                answers[number] = read(connection.call_finish(result))
            if not pending:
                loop.quit()

        for number, (path, interface, method, arguments) in enumerate(questions):
            self.connection.call(owner, path, interface, method, arguments, None,
                                  Gio.DBusCallFlags.NONE, ANSWER_SECONDS * 1000, None, answered,
                                  number)
        if pending:
            loop.run()
        return answers

    def children(self, owner, paths):
        """Returns for each of PATHS the paths below it."""
        answers = self.ask_all(owner, [(path, ACCESSIBLE, "GetChildren", None) for path in paths],
                               lambda answer: PATH.findall(answer.print_(False)))
        return [children or [] for children in answers]

    def names(self, owner, paths):
        return [name and self.understand(name)
                for name in self.ask_all(owner, [(path, *NAME) for path in paths])]

    def tree(self, owner):
        """Returns the root of all that OWNER shows, without what is in tables or amid a wallet's
        jobs."""
        root = Node(self, owner, ROOT)
        if self._trees_by_levels:
            self._trees_by_levels -= 1
            self._read_by_levels([root])
            return root
        try:
            items = self._all_items(owner)
        except GLib.Error:
            # A program that has just begun does not know them all yet.
            self._read_by_levels([root])
            return root
        if len(items) > MANY_NODES:
            self._trees_by_levels = TREES_BY_LEVELS
        self._read_by_items(root, items)
        return root

    def _all_items(self, owner):
        """Returns, of each node that OWNER knows, what ITEM finds."""
        answer = self.connection.call_sync(owner, *ALL_NODES, None, None,
                                            Gio.DBusCallFlags.NONE, ANSWER_SECONDS * 1000)
        # Reading its text takes a tenth of the time that unpack() takes.
        return ITEM.findall(answer.print_(False))

    def glance(self, owner):
        """Returns the root of what OWNER shows by its own account, in a fraction of the time: it
        may leave out what is new, and tell of what is hidden. Good for finding what is then read,
        not for saying that something is not there."""
        root = Node(self, owner, ROOT)
        known, below = {}, collections.defaultdict(list)
        for path, parent, index, _n_children, *item in self._all_items(owner):
            known[path] = item
            below[parent].append((int(index), path))
        level = [root]
        while level:
            for node in level:
                if node.path in known:
                    node.take(*known[node.path])
                if node is root or node.role != "tree table":
                    node.adopt([path for _index, path in sorted(below[node.path])])
            level = [child for node in level for child in node.children
                     if int(known[child.path][2]) >> VISIBLE & 1]
        return root

    def renew(self, node):
        """Returns a node of a glance as it is now with all that is below it; None when gone."""
        if len(list(node.walk())) <= FEW_NODES and self._is_below(node):
            new = Node(self, node.owner, node.path)
            self._read_by_levels([new])
            return new
        return next((other for other in self.tree(node.owner).walk() if other.path == node.path),
                    None)

    def _is_below(self, node):
        """Whether a node of a glance is where it was, as those say that hold it."""
        line = [holder for holder in node.line() if holder.name != "GtkStackPage"]
        below = self.children(node.owner, [holder.path for holder in line[1:]])
        return all(child.path in children for child, children in zip(line, below))

    def _read_by_items(self, root, items):
        """Fills ROOT with what the program says of all its nodes; but which are below which is
        asked, since it also tells of those that are hidden, and not of all others."""
        known = {path: item for path, _parent, _index, *item in items}
        level = [root]
        while level:
            unknown, holders, following = [], [], []
            for node in level:
                if node.path not in known:
                    unknown.append(node)
                    continue
                n_children, *item = known[node.path]
                node.take(*item)
                if node is root or (int(n_children) and node.role != "tree table"):
                    holders.append(node)
            self._read_by_levels(unknown)
            answers = self.children(root.owner, [node.path for node in holders])
            for node, paths in zip(holders, answers):
                node.adopt(paths)
                following += node.children
            level = following

    def _read_by_levels(self, level):
        """Fills the nodes LEVEL and what is below them, asked level by level."""
        while level:
            answers = self.ask_all(level[0].owner, [(node.path, *question) for node in level
                                                    for question in QUESTIONS])
            following = []
            for number, node in enumerate(level):
                role, name, states, children = answers[4 * number:4 * number + 4]
                if states is None:
                    continue
                node.role, node.name = role_name(role), self.understand(name or "")
                node.states = states[0] | states[1] << 32
                if node.role != "tree table":
                    node.adopt([path for _owner, path in children or ()])
                following += node.children
            level = following
