# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the keyboard gets to: Tab around a window, the arrow keys from row to row of its lists.

The keys are pressed, and the window tells what gets the focus.
"""

import time

import front
from accessibility import PARENT
from gi.repository import Gio, GLib

# GTK's buttons of a window have keys of the desktop's.
WINDOW_BUTTONS = ("Minimize", "Maximize", "Restore", "Close")
ROWS = ("list item", "table row", "tree item", "table cell")
LISTS = ("list", "list box", "table", "tree", "tree table")
MOST_TABS = 200
BATCH = 12
# Until all moves of the focus were told of, and until one was.
SHORT_SECONDS, LONG_SECONDS = 1, 10
REGISTRY = ("org.a11y.atspi.Registry", "/org/a11y/atspi/registry", "org.a11y.atspi.Registry")


def walk(window, top):
    """Yields what keys do not get to of WINDOW, in whose front stands TOP, and which keys.

    Puts the focus back where it was, and selects nothing.
    """
    with window.keyboard_at(None if window.is_main(top) else top.name):
        yield from walk_here(window, top)


def walk_here(window, top):
    """Likewise of TOP that the keys go to: a popover."""
    ring = _Ring(window, top)
    yield from ring.walk()
    ring.close()


def _focusable(part):
    return [other for other in part.walk() if other.has("focusable")]


class _Listener:
    """Hears what gets the focus, while somebody waits for it."""

    def __init__(self, window, heard):
        self._heard = heard
        self._bus = window.bus
        self._bus.call(*REGISTRY, "RegisterEvent", GLib.Variant(
            "(sass)", ("object:state-changed:focused", [], "")))
        self._number = self._bus.connection.signal_subscribe(
            window.owner, "org.a11y.atspi.Event.Object", "StateChanged", None, None,
            Gio.DBusSignalFlags.NONE, self._changed)

    def _changed(self, _connection, _sender, path, _interface, _signal, arguments):
        state, is_set = arguments.unpack()[:2]
        if state == "focused" and is_set:
            self._heard(path)

    def close(self):
        self._bus.connection.signal_unsubscribe(self._number)

    @staticmethod
    def wait(condition, seconds):
        context = GLib.MainContext.default()
        end = time.monotonic() + seconds
        while not condition() and time.monotonic() < end:
            if not context.iteration(False):
                time.sleep(0.002)
        return condition()


class _Ring:
    """The paths that the focus went, in order."""

    def __init__(self, window, top):
        self._window = window
        self._top = top
        self._went = []
        # A window to which no keys went says nothing of its focus.
        self._start = (next((part.path for part in top.walk() if part.has("focused")), None)
                       or window.focused())
        self._listener = _Listener(window, self._went.append)

    def close(self):
        self._go_to(self._start or self._find_out_of_sight())
        self._listener.close()

    def _find_out_of_sight(self):
        """Where the focus was that nothing in the tree had: in a table, which leaves out rows."""
        known = {part.path for part in self._window.tree().walk()}
        return next((path for path in self._went if path not in known), None)

    def _press(self, *keys):
        """Presses keys; returns whether the focus moved. Some parts of Adwaita's rows take it
        without saying so, so there may be fewer moves than keys."""
        before = len(self._went)
        self._window.key(*keys)
        return (self._listener.wait(lambda: len(self._went) >= before + len(keys), SHORT_SECONDS)
                or self._listener.wait(lambda: len(self._went) > before, LONG_SECONDS))

    def _begin(self):
        """A menu that is being closed has the keys for a moment."""
        known = {part.path for part in self._top.walk()}
        for _attempt in range(5):
            if not self._press(*["Tab"] * BATCH) or known & set(self._went):
                break
            self._went.clear()
            time.sleep(0.2)

    def walk(self):
        self._begin()
        while len(self._went) < MOST_TABS and not self._is_round():
            if not self._press(*["Tab"] * BATCH):
                break
        # Where there is but one, it keeps the focus.
        if not self._went and self._start is not None:
            self._went.append(self._start)
        if not self._is_round() and len(self._went) > 1:
            yield self._top, f"Tab in {len(self._went)} steps, which do not come round,"
            return
        # Where a page was read while it came, some of it is other than before.
        self._top = front.read(self._window.bus, self._window.owner, self._top.path)
        for part in self._find_missed():
            yield part, "Tab"
        for rows in self._find_lists():
            if not self._can_move(rows):
                yield rows[-1], "arrow keys"

    def _find_missed(self):
        missed = [part for part in self._top.walk()
                  if self._must_be_reached(part) and not self._is_reached(part)]
        silent = [part for part in self._top.walk() if part.role == "text"
                  and part.parent.role == "list" and part.path not in self._went]
        if set(silent) & set(missed) and self._has_silent(len(silent)):
            missed = [part for part in missed if part not in silent]
        return missed

    @staticmethod
    def _must_be_reached(part):
        """A list without rows that could have the focus has no use for it either. For the headers
        of a table, which GTK 4.8 keeps from the keyboard, there is the menu “Sort By”."""
        is_header = part.parent is not None and part.parent.role == "tree table"
        return (part.has("focusable") and all(holder.has("sensitive") for holder in part.line())
                and part.role not in ("filler", "scroll pane") and not is_header
                and part.name not in WINDOW_BUTTONS
                and (part.role not in LISTS or len(_focusable(part)) > 1))

    def _has_silent(self, number):
        """Of an Adwaita row that is an entry nobody hears when the focus is in it: then so many
        steps more than are heard of lead around the ring."""
        before = list(self._went)
        length = self._get_length()
        self._press(*["Tab"] * (length + number))
        return self._went[-1] == before[-1] and len(self._went) - len(before) == length

    def _is_reached(self, part):
        """Itself or a part of it, or all of a choice. Of a list Tab gets to one row, and to what is
        in that row; the others, which the arrow keys lead to, have the like in them."""
        line = part.line()
        if any(other.path in self._went for holder in line
               if holder is part or holder.role == "combo box" for other in holder.walk()):
            return True
        row = next((holder for holder in line if holder.role in ROWS), None)
        if row is None:
            return self._is_choice(part)
        # The row that has the focus may be far from those in sight, which are not different.
        if part is row and self._is_among_holders(row.parent):
            return True
        reached = [other for other in row.parent.children
                   if any(inner.path in self._went for inner in other.walk())]
        wanted = {inner.role for inner in _focusable(row)}
        return any(wanted <= {inner.role for inner in _focusable(other)} for other in reached)

    def _is_choice(self, part):
        """Whether it is one of several check boxes of which but one can be chosen: Tab gets to the
        one that is, the arrow keys to the others."""
        others = part.parent.children if part.role == "check box" else ()
        return any(other.role == part.role and other.has("checked") and other.path in self._went
                   for other in others)

    def _is_among_holders(self, part):
        """Whether PART holds anything that the focus went to, by its own account."""
        answers = self._window.bus.ask_all(self._window.owner,
                                           [(path, *PARENT) for path in set(self._went)])
        return part.path in {path for _owner, path in filter(None, answers)}

    def _find_lists(self):
        """Rows of each list of which Tab gets to one, or check boxes, from that one on."""
        for holder in self._top.walk():
            rows = [row for row in holder.children
                    if row.role in (*ROWS, "check box") and row.has("focusable")]
            reached = [number for number, row in enumerate(rows)
                       if any(part.path in self._went for part in row.walk())]
            if len(reached) == 1 and len(rows) > 1:
                number = reached[0]
                yield rows[number:] if number + 1 < len(rows) else rows[::-1]

    def _can_move(self, rows):
        """Without selecting anything on the way; of check boxes the first is chosen again then."""
        away, back = ("Down", "Up") if rows[0].place[1] < rows[1].place[1] else ("Up", "Down")
        held = "" if rows[0].role == "check box" else "ctrl+"
        parts = {part.path for part in rows[0].walk()}
        self._go_to(next(path for path in self._went if path in parts))
        before = list(self._went)
        moved = self._press(held + away) and self._went[-1] not in parts
        self._press(held + back)
        self._went[:] = before
        return moved

    def _go_to(self, path):
        """Tabs on until the focus is on what has PATH, where that is in the ring."""
        if self._is_round() and path in self._went:
            back = self._went[::-1].index(path)
            steps = -back % self._get_length()
            if steps:
                self._press(*["Tab"] * steps)

    def _get_length(self):
        return 1 + self._went[-2::-1].index(self._went[-1])

    def _is_round(self):
        return self._went[-1:] != [] and self._went[-1] in self._went[:-1]
