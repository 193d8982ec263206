# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The menus and popovers of the window, walked by key."""

import os
import re

import front
from table import Table


class Menus:
    """For an EverydayCase."""

    def test_menus(self):
        """Whatever a button lets come up is gone around by key: see crawl."""
        os.mkdir(os.path.join(self.config, "worker-dashboard"))
        with open(os.path.join(self.config, "worker-dashboard", "views.conf"), "w",
                  encoding="utf-8") as file:
            file.write("[Mine]\npage=jobs\n")
        window = self.open("jobs")
        table = Table(window, "Jobs")
        table.wait_total("600 jobs")

        def walk(name, pattern=None):
            button = window.find("push button", pattern or name)
            button.children[0].click()
            self.walk_popover(window, f"menu-{name}")

        for name in ("Main menu", "Columns", "Sort By", "Go to a Time", "Views"):
            walk(name)
        for name in ("Status", "Created"):
            walk(name, re.compile(f"{name}: .*"))
        window.key("ctrl+2")
        Table(window, "Wallets").press(0)
        window.key("shift+F10")
        self.walk_popover(window, "menu-rows")
        for name in ("Trigger", "Flags"):
            walk(name)
        window.key("Escape")
        walk("All Matching")
        window.key("ctrl+4")
        walk("Actions of consolidation")
        window.press(window.find("list item", "Mine").path)
        window.wait(lambda: window.title() == "Mine", "the view")
        window.key("shift+F10")
        self.walk_popover(window, "menu-view")

    @staticmethod
    def walk_popover(window, name):
        window.wait(lambda: front.find_popover(window.focused_node()), f"the keyboard in {name}")
        window.screenshot(name)
        window.key("Escape")
        window.wait(lambda: not front.find_popover(window.focused_node()), f"end of {name}")
