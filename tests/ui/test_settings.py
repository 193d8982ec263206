#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was set before is heeded where it is easily forgotten."""

import os
import re
import subprocess

import everyday_case
import window as harness
from fixtures.site import OWNER
from table import Table


class Settings(everyday_case.EverydayCase):
    """Settings as an earlier run left them."""

    def keep(self, *lines):
        """Writes settings as an earlier run would have left them."""
        folder = os.path.join(self.config, "glib-2.0", "settings")
        os.makedirs(folder)
        with open(os.path.join(folder, "keyfile"), "w", encoding="utf-8") as file:
            file.write("\n".join(["[org/workerdashboard/WorkerDashboard]", *lines, ""]))

    def test_numbers_beside_the_tables(self):
        """Dialogs and what is told of lists go by the same preference."""
        self.site.sql("UPDATE user_wallets SET balance = 7654321.5 WHERE address = (SELECT address "
                      "FROM user_wallets ORDER BY created_at DESC, address DESC LIMIT 1)")
        self.keep("number-format='comma'")
        window = self.open("wallets")
        table = Table(window, "Wallets")
        table.wait_rows(["7,654,321.5"], lambda row: row["Balance"][:11])
        table.press(0)
        window.key("ctrl+n")
        window.find("label", re.compile(r"7,654,321\.50*"), within=("dialog", "Trigger Job"))

    def test_numbers_of_orders(self):
        """How many wallets an order is for."""
        self.addCleanup(self.site.sql, "DELETE FROM user_wallets WHERE address LIKE 'Tmany%'")
        self.site.sql("INSERT INTO user_wallets (user_id, address, balance, network, created_at) "
                      "SELECT %s, 'Tmany' || i, 1, 'tron', now() "
                      "FROM generate_series(1, 1100) i", OWNER)
        self.keep("number-format='comma'")
        window = self.open("wallets")
        table = Table(window, "Wallets")
        table.press(0)

        def select_more():
            # All of them are loaded by and by.
            window.key(*["shift+Next"] * 10)
            return window.is_there("label", re.compile("1,[0-9]{3} selected"))

        window.wait(select_more, "more than a thousand selected")
        window.key("ctrl+n")
        window.find("push button", re.compile(".*Trigger 1,[0-9]{3} Jobs"),
                    within=("dialog", "Trigger Job"))

    def test_maximized(self):
        """A window that was maximized asks to be so again."""
        self.keep("window-maximized=true")
        window = self.open("wallets", size=None)
        pid = str(window.process.pid)

        def states():
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", pid],
                                   check=False, capture_output=True, text=True).stdout.split()
            return subprocess.run(["xprop", "-id", found[0], "_NET_WM_STATE"], check=True,
                                  capture_output=True, text=True).stdout

        window.wait(lambda: "_NET_WM_STATE_MAXIMIZED_VERT" in states(), states)


if __name__ == "__main__":
    harness.main()
