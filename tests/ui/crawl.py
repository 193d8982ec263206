# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a window is to assistive technology and to the keyboard, at each stop of the tests.

A stop is a page or a dialog of which a test takes a picture. All that is on screen there must have
a role and a name, whatever holds rows must hold texts, and the Tab key must lead through every
control and back to where it began, the arrow keys from row to row.
"""

import re

import front
import ring

# A widget of GTK 4.8 that has no name is called by its class, and by nothing in later versions.
UNNAMED = re.compile(r"(?:(?:Gtk|Adw|Wd)[A-Z]\w*|\s*)")
# What must have a name, and whatever else can have the focus.
NAMED = {"alert", "check box", "check menu item", "column header", "combo box", "dialog", "entry",
         "frame", "icon", "image", "level bar", "link", "list", "list box", "list item", "menu",
         "menu item", "page tab", "password text", "progress bar", "push button",
         "radio menu item", "slider", "spin button", "switch", "table", "table cell", "table row",
         "text", "toggle button", "tree", "tree item", "tree table"}
# What an icon can be a part of.
CONTROLS = {"check box", "combo box", "entry", "link", "list item", "push button", "text",
            "toggle button"}
# GTK's own wrappers, which an application cannot name: role, name in GTK 4.8 (in 4.18 they have
# none, nor in 4.8 those for which there is none here), the role or the name of something that holds
# it, and whether it is read by what it holds itself, in which case there must be a text.
EXEMPT = (
    ("table row", "GtkListItemWidget", "tree table", True),
    ("table cell", "GtkColumnViewCell", "tree table", True),
    ("filler", "GtkColumnViewTitle", "tree table", True),
    # The rows of a table, which is what has the name.
    ("list", "GtkColumnListView", "tree table", True),
    ("list item", "GtkListItemWidget", "list", True),
    # What folds a branch of a tree, and a row of preferences that folds others.
    ("panel", "", "list", True),
    ("table cell", "GtkFlowBoxChild", "table", True),
    # The rows of preferences in a group without a title.
    ("list", "GtkListBox", None, True),
    # What a choice shows of what is chosen, also in GTK 4.18.
    ("list", "GtkListView", "combo box", True),
    ("filler", "GtkListItemWidget", "combo box", True),
    ("panel", "", "combo box", True),
    # What shows a password.
    ("push button", "GtkImage", "text", False),
    # What takes a toast away.
    ("push button", "GtkImage", "AdwToastWidget", False),
    # A toast in libadwaita 1.7.
    ("alert", "", None, True),
    ("menu", "GtkPopoverMenu", None, True),
    ("scroll pane", "", None, False),
    ("scroll bar", "GtkScrollbar", None, False),
    ("filler", "GtkBuiltinIcon", None, False),
)
# GTK's own windows: what is in them is not ours to name.
GTK_WINDOWS = {"Keyboard Shortcuts"}

# To look again at what is otherwise than it was at an earlier stop.
AGAIN = "again"

_walked = set()


def check(window, keyboard=True):
    """Fails on what of WINDOW, or of the dialog in front of it, cannot be read or reached.

    Without KEYBOARD where something would lose the focus that is to keep it. It leads around the
    same page or dialog of a kind of window but once in a test file, unless KEYBOARD is AGAIN; where
    a menu is open, or the like, around that.
    """
    top = front.read(window.bus, window.owner)
    name = window.title_of(top) if window.is_main(top) else top.name
    # Where a table is, some of it is not read.
    focused = front.find_focused(top) or front.find_focused(window.bus.glance(window.owner))
    popover = front.find_popover(focused) if keyboard else None
    faults = _unnamed(top)
    if faults:
        # What went away while it was read told no name.
        faults = _unnamed(front.read(window.bus, window.owner))
    if popover:
        name = f"{name} > {popover.parent!r}"
        top = front.read(window.bus, window.owner, popover.path)
    place = (window.kind, window.size, name)
    if keyboard and (keyboard == AGAIN or place not in _walked):
        _walked.add(place)
        walk = ring.walk_here if popover else ring.walk
        faults += [f"{name}: not reached by {keys}: {where(part)}"
                   for part, keys in walk(window, top)]
    if faults:
        raise AssertionError("\n".join(faults))


def _unnamed(top):
    return [f"{fault}: {where(part)}" for part, fault in _find_unnamed(top)]


def where(part):
    """PART and what holds it, for a message."""
    names = [repr(holder) for holder in reversed(part.line()[1:]) if not is_unnamed(holder)]
    return " > ".join([*names[-4:], repr(part)])


def is_unnamed(part):
    return bool(UNNAMED.fullmatch(part.name))


def _find_unnamed(top):
    for part in top.walk():
        if (not is_unnamed(part) or not (part.role in NAMED or part.has("focusable"))
                or top.name in GTK_WINDOWS):
            continue
        # An icon in something that has a name: it says no more than that.
        if part.role in ("icon", "image") and _holder_is_named(part):
            continue
        holders = {word for holder in part.line()[1:] for word in (holder.role, holder.name)}
        exempt = [by_content for role, name, holder, by_content in EXEMPT if role == part.role
                  and part.name.strip() in (name, "") and (holder is None or holder in holders)]
        if not exempt:
            yield part, "no name"
        elif exempt[0] and not _has_text(part):
            yield part, "no text in it"


def _holder_is_named(part):
    holder = next((holder for holder in part.line()[1:] if holder.role not in ("panel", "filler")),
                  part)
    return holder.role in CONTROLS and not is_unnamed(holder)


def _has_text(part):
    """A cell without a value holds a space; a row consists of more than such cells."""
    texts = [other.name for other in part.walk() if other is not part]
    if part.role == "table cell":
        texts = [text.replace("\xa0", "-") for text in texts]
    return not all(UNNAMED.fullmatch(text) for text in texts)
