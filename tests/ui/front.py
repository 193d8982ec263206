# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is on screen of the window in front, and where: pages behind others are left out."""

import contextlib

from accessibility import EXTENTS, PARENT, QUESTIONS, ROOT, VISIBLE
from gi.repository import GLib
from node import Node, is_on_screen, role_name

# So many rows of a table, or of anything else, tell what the others are like.
FEW_ROWS = 3
MANY_ROWS = 30
# What a popover belongs to; that of a choice is a list of the toolkit's.
OPENER = "push button"
COMPONENT = "org.a11y.atspi.Component"


class Part(Node):
    """A node that knows where it is in its window."""

    def __init__(self, bus, owner, path, parent=None):
        super().__init__(bus, owner, path, parent)
        self.place = None

    def look(self, role, name, states, children, place):
        """Takes what is told of it, and what is below it, when it is on screen."""
        if (states is None or place is None or not is_on_screen(*place[2:])
                or not states[0] >> VISIBLE & 1):
            return
        self.role, self.name, self.place = role_name(role), name, place
        self.states = states[0] | states[1] << 32
        most = FEW_ROWS if self.parent and self.parent.role == "tree table" else MANY_ROWS
        self.children = [Part(self._bus, self.owner, path, self)
                         for _owner, path in children[:most]]

    def leave_out(self):
        self.place = None
        self.parent.children.remove(self)


def find_popover(node):
    """Returns, of what holds NODE (or None), the menu or what else a button let come up, or None.

    GTK tells no role of the latter.
    """
    line = node.line() if node else []
    for part, holder in zip(line, line[1:]):
        if part.role == "menu" or (holder.role == OPENER and part.role != OPENER):
            return part
    return None


def find_focused(part):
    return next((inner for inner in part.walk() if inner.has("focused")), None)


def read(bus, owner, path=None):
    """Returns the window of OWNER that is in front, or what has PATH, with all of it that is on
    screen, but only the first rows of tables and long lists."""
    front = Part(bus, owner, path or bus.children(owner, [ROOT])[0][-1])
    level = [front]
    while level:
        answers = bus.ask_all(owner, [(part.path, *question) for part in level
                                      for question in (*QUESTIONS, EXTENTS)])
        for number, part in enumerate(level):
            part.look(*answers[5 * number:5 * number + 5])
            if part.place is None and part is not front:
                part.leave_out()
        for holder in {part.parent for part in level if part.parent and part.place}:
            _leave_out_what_is_behind(bus, holder)
        level = [child for part in level if part.place for child in part.children]
    return front


def _overlap(one, other):
    """Where two pages cover each other, which parts that stand side by side do not."""
    x, y = max(one[0], other[0]), max(one[1], other[1])
    width = min(one[0] + one[2], other[0] + other[2]) - x
    height = min(one[1] + one[3], other[1] + other[3]) - y
    return (x, y, width, height) if min(width, height) > 100 else None


def _leave_out_what_is_behind(bus, holder):
    """Of pages of a stack, one behind the other, GTK 4.8 says that all are visible, as of what a
    folded leaflet keeps beside the window."""
    x, _y, width, _height = holder.place
    for part in list(holder.children):
        if holder.role == "filler" and not x - part.place[2] < part.place[0] < x + width:
            part.leave_out()
    # Where a page was last when it slid away depends on how quick the machine is.
    here = [part for part in holder.children if part.place == holder.place]
    for part in list(holder.children):
        if here and part.place[0] != x and part.place[2:] == holder.place[2:]:
            part.leave_out()
    for page in list(holder.children):
        others = [other for other in holder.children if page.place and other is not page
                  and _overlap(other.place, page.place)]
        if not others:
            continue
        pages = [page, *others]
        seen = _find_seen(bus, holder, [other.path for other in pages],
                          _overlap(page.place, others[0].place))
        for other in pages:
            if seen and other.path != seen:
                other.leave_out()


def _find_seen(bus, holder, paths, place):
    """Returns which of PATHS below HOLDER, all of them at PLACE, is to be seen there."""
    x, y, width, height = place
    # Amid a table GTK 4.8 finds things of which it does not say where they belong.
    for point in ((x + 1, y + 1), (x + 1, y + height - 2), (x + width // 2, y + height // 2)):
        with contextlib.suppress(GLib.Error):
            path = bus.call(holder.owner, holder.path, COMPONENT, "GetAccessibleAtPoint",
                            GLib.Variant("(iiu)", (*point, 1)))[0][1]
            while path not in paths and path != holder.path:
                path = bus.call(holder.owner, path, *PARENT)[0][1]
            if path in paths:
                return path
    return None
