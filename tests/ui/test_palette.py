#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ctrl+K leads to everything that has a name."""

import os
import re

import everyday_case
import window


class Palette(everyday_case.EverydayCase):
    """Ctrl+K leads to everything that has a name."""

    def setUp(self):
        super().setUp()
        self.window = self.open("overview")
        self.window.find("panel", "Connection Environment, connected")

    def type(self, text):
        if not self.window.is_there("dialog", "Find"):
            self.window.key("ctrl+k")
        self.window.find("entry", "Find", within=("dialog", "Find")).set_text(text)

    def items(self):
        found = self.window.tree().find("list", "Found")
        return [node.name for node in found.children if node.role == "list item"] if found else []

    def wait_items(self, items):
        self.window.wait(lambda: self.items() == items, lambda: f"{items}: {self.items()}")

    def enter(self, title):
        """Chooses what is first, and waits to be there."""
        self.window.key("Return")
        self.window.wait_gone("dialog", "Find")
        self.window.wait(lambda: self.window.title() == title, title)

    def test_pages_and_actions(self):
        self.window.key("ctrl+k")
        self.window.find("dialog", "Find")
        self.window.screenshot("palette")
        self.assertEqual(self.items()[:3], ["Overview", "Wallets", "Jobs"])
        self.assertIn("Preferences", self.items())
        # What cannot be done here is not offered.
        self.assertNotIn("Search This List", self.items())
        self.assertNotIn("Back", self.items())
        self.type("wall")
        self.window.wait(lambda: self.items()[:1] == ["Wallets"], "the page first")
        self.enter("Wallets")
        self.type("search")
        self.wait_items(["Search This List"])
        self.window.key("Return")
        self.window.wait_gone("dialog", "Find")
        self.window.focus()
        self.window.wait(lambda: self.window.find("entry", "Search wallets").has("focused"),
                         "the keyboard in the search")
        self.type("show f")
        self.wait_items(["Show Failed Jobs"])
        self.enter("Jobs")
        self.window.find("push button", "Status: Failed")

    def test_arrows(self):
        self.window.key("ctrl+k")
        self.window.find("dialog", "Find")
        self.window.wait(lambda: len(self.items()) > 3, "items")

        def selected():
            return [node.name for node in self.window.tree().find("list", "Found").children
                    if node.has("selected")]

        for key, name in (("Down", "Wallets"), ("Down", "Jobs"), ("Up", "Wallets"),
                          ("Page_Up", "Overview"), ("Up", "Overview"), ("Down", "Wallets")):
            self.window.key(key)
            self.window.wait(lambda name=name: selected() == [name],
                             lambda name=name, key=key: f"{name} after {key}: {selected()}")
        self.assertTrue(self.window.find("entry", "Find").has("focused"))
        self.enter("Wallets")

    def test_wallet(self):
        [(address,)] = self.site.sql("SELECT address FROM user_wallets WHERE network = 'tron' "
                                "ORDER BY address LIMIT 1")
        self.type(address[:10].lower())
        self.wait_items([address])
        self.window.screenshot("palette-wallet")
        # What it begins with goes before what is somewhere in it.
        self.type(address[9:20])
        self.wait_items([address])
        self.enter("Wallet")
        self.window.find("label", re.compile(f"{address[:6]}….*"), within=("panel", "Wallet"))

    def test_job_by_row(self):
        [(row,)] = self.site.sql("SELECT id::text FROM job_logs WHERE id::text <> job_id LIMIT 1")
        self.type(row)
        self.wait_items([row])
        self.enter("Job")

    def test_job_by_prefix(self):
        rows = self.site.sql("SELECT job_id FROM job_logs WHERE job_id LIKE 'sync-balances/%%' "
                        "ORDER BY created_at DESC, id DESC LIMIT 6")
        self.type("SYNC-balances/")
        self.wait_items([row[0] for row in rows])
        self.enter("Job")
        self.window.key("Escape")
        self.window.wait(lambda: self.window.title() == "Overview", "the overview")

    def test_connection(self):
        folder = os.path.join(self.config, "worker-dashboard")
        os.mkdir(folder)
        with open(os.path.join(folder, "profiles.conf"), "w", encoding="utf-8") as file:
            for name in ("Staging", "Elsewhere"):
                file.write(f"[{name}]\ndatabase-url={self.site.postgres.url()}\n"
                           f"redis-url={self.site.redis.url()}\nkeyring=false\n")
        self.type("staging")
        self.wait_items(["Staging"])
        self.window.screenshot("palette-connection")
        self.window.key("Return")
        self.window.find("panel", "Connection Staging, connected")

    def test_what_was_typed_last_counts(self):
        rows = self.site.sql("SELECT address FROM user_wallets ORDER BY address LIMIT 2")
        for (address,) in rows * 3:
            self.type(address)
        self.wait_items([rows[1][0]])

    def test_nothing(self):
        self.type("<b>no such&</b>")
        self.window.find("label", "Nothing Found")
        self.window.find("label", re.compile(".*“<b>no such&</b>”.*"))
        self.window.screenshot("palette-nothing")
        self.window.key("Return")
        self.assertTrue(self.window.is_there("dialog", "Find"))
        self.window.key("Escape")
        self.window.wait_gone("dialog", "Find")
        self.assertEqual(self.window.title(), "Overview")


if __name__ == "__main__":
    window.main()
