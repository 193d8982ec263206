# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Windows with connections of their own: a private file, a keyring, the dialog's fields."""

import contextlib
import os
import re
import shutil
import unittest

from keyring import Keyring
from window import Window

# Rows that fold others.
FOLDING = re.compile("In Parts|Queues")
CONNECTED = re.compile(r"Connection .*, connected")
NO_SERVERS = {"DATABASE_URL": None, "REDIS_URL": None}


def button(text):
    """A button with a mnemonic is named twice over: “_Save Save”."""
    return re.compile(rf"(?:.* )?{re.escape(text)}")


def field(server, title):
    return re.compile(rf"{server}: {title}.*")


class ConnectionCase(unittest.TestCase):
    """A private file of connections and a keyring."""

    keyring_class = Keyring

    def setUp(self):
        super().setUp()
        self.folder = os.path.join(os.environ["XDG_CONFIG_HOME"], "worker-dashboard")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.keyring = self.keyring_class()
        self.addCleanup(self.keyring.close)
        self.window = None

    def open(self, stack, *arguments, **options):
        self.window = Window(stack.environment(), arguments=arguments, **NO_SERVERS, **options)
        self.addCleanup(self.window.close)
        return self.window

    @property
    def file(self):
        path = os.path.join(self.folder, "profiles.conf")
        if not os.path.exists(path):
            return ""
        with open(path, encoding="utf-8") as text:
            return text.read()

    def write_file(self, text):
        os.makedirs(self.folder, exist_ok=True)
        with open(os.path.join(self.folder, "profiles.conf"), "w", encoding="utf-8") as file:
            file.write(text)

    def press(self, text, within=None):
        self.window.click("push button", button(text), within)

    def text(self, name):
        """A field of the dialog, which may be folded away."""
        def look():
            return self.window.tree().find("text", name)

        with contextlib.suppress(AssertionError):
            return self.window.wait(look, name, 3)
        self.unfold()
        return self.window.wait(look, name)

    def unfold(self):
        """Of what is folded away in a dialog GTK 4.18 says nothing."""
        with self.window.keyboard_at("Connection"):
            folded = {row.path for row in self.window.tree().find("dialog", "Connection")
                      .all("list item", FOLDING)}
            for _attempt in range(60):
                focused = self.window.focused()
                if focused in folded:
                    folded.remove(focused)
                    self.window.key("Return")
                if not folded:
                    break
                self.window.key("Tab")
                self.window.wait(lambda focused=focused: self.window.focused() != focused,
                                 "move of the focus")

    def type(self, name, text):
        self.text(name).set_text(text)

    def dialog(self, title="Connection"):
        return self.window.find("dialog", title)

    def wait_text(self, name, wanted):
        node = self.text(name)
        self.window.wait(lambda: node.text() == wanted, lambda: f"{wanted!r} but {node.text()!r}")

    def fill(self, name, database, redis=None):
        """Fills in the dialog that is open; REDIS None: the workers poll."""
        self.type(re.compile("Name.*"), name)
        self.type(field("PostgreSQL", "Address"), database)
        if redis:
            self.type(field("Redis", "Address"), redis)
        else:
            self.window.find("text", field("Redis", "Address"))
            self.window.press(self.window.find(
                "check box", re.compile("Jobs go through BullMQ.*")).path)

    def save(self):
        node = self.window.find("push button", button("Save"), within=("dialog", "Connection"))
        self.window.wait(lambda: self.dialog().find("push button", button("Save"))
                         .has("sensitive"), "connection that can be saved")
        node.click()
        self.window.wait_gone("dialog", "Connection")
        self.window.focus()

    def menu(self):
        """Opens the list of connections."""
        header = self.window.find("panel", re.compile("Connection .*, .*"))
        # The second is the toggle inside the menu button.
        header.all("push button", "Connections")[-1].click()

    def choose(self, name):
        """Clicks on a row once it stands still."""
        places = []

        def settled():
            row = self.window.find("list item", name)
            places.append((row.path, row.extents()))
            return len(places) > 1 and places[-1] == places[-2]

        self.window.wait(settled, "row that stands still")
        self.window.press(places[-1][0])

    def choose_in_menu(self, name):
        """By keyboard: where a popover is on screen, is not told."""
        for _attempt in range(10):
            if self.window.find("list item", name).has("focused"):
                self.window.key("Return")
                return
            before = self.window.focused()
            self.window.key("Tab")
            self.window.wait(lambda before=before: self.window.focused() != before,
                             "move of the focus")
        raise AssertionError(f"the keyboard does not get to {name}")

    def searched(self):
        """What stands in the search entry of the page in front."""
        self.window.key("ctrl+f")

        def entry():
            node = next((node for node in self.window.tree().walk() if node.has("focused")), None)
            return node if node and node.role in ("entry", "text") else None

        return self.window.wait(entry, "search entry with the focus")

    def switch(self, name):
        self.menu()
        self.choose_in_menu(re.compile(rf"{re.escape(name)}, .*"))
        self.window.find("panel", re.compile(rf"Connection {re.escape(name)}, connected"))
