# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A window as assistive technology sees it, over AT-SPI's D-Bus interface.

Reads all nodes of a program with one question. Where tables have thousands of them that takes
longer than a level of the tree at a time, all its nodes asked at once, which can stop at tables:
those are read by the column instead. One question after the other, as the client libraries ask,
would take seconds for what so takes tenths.
"""

import collections
import contextlib
import re

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

from node import (ACCESSIBLE, ANSWER_SECONDS, INTERFACE, Node, is_on_screen,  # noqa: E402
                  property_of, role_name)

ROOT = "/org/a11y/atspi/accessible/root"
# So many nodes take as long to unpack as a tree without its tables takes to ask for by levels.
MANY_NODES = 1000
# So few take less time than the whole tree.
FEW_NODES = 30
# How often the tree is read by levels before it is seen whether there are as many nodes yet.
TREES_BY_LEVELS = 10
ALL_NODES = ("/org/a11y/atspi/cache", INTERFACE + "Cache", "GetItems")
NAME = property_of(ACCESSIBLE, "Name")
PARENT = property_of(ACCESSIBLE, "Parent")
# In coordinates of the window.
EXTENTS = (INTERFACE + "Component", "GetExtents", GLib.Variant("(u)", (1,)))
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
# More than what is around the content of anything on both sides together.
WIDEST_PADDING = 40


def padding_of(place, inner, axis):
    """What is on each side of the content, which are the places INNER, across AXIS 0 or down 1."""
    begin = min((other[axis] for other in inner), default=place[axis]) - place[axis]
    end = max((other[axis] + other[axis + 2] for other in inner), default=0) - place[axis]
    room = place[axis + 2] - end - begin
    return room // 2 if begin >= 0 and 0 < room <= WIDEST_PADDING else 0


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
