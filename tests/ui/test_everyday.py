#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one meets every day: preferences, columns, keys, narrow windows, empty lists."""

import os
import re
import subprocess
import unittest

import everyday_case
import window as harness
from fixtures.locales import locale_path
from fixtures.site import Site
from menus import Menus
from table import Table
from window import Window

# Of a header, on either side.
PADDING = 6


class Preferences(everyday_case.EverydayCase):
    """What is chosen holds at once, and after a restart."""

    def choose(self, window, row, choice, key="Down"):
        """Opens a list by keyboard and goes down or up in it until CHOICE has the focus."""
        def item():
            return next((node for node in window.tree().find("combo box", row).all("list item")
                         if node.has("focused")), None)

        window.move_to("combo box", row)
        for _attempt in range(8):
            here = window.wait(item, f"a choice of {row}")
            if choice in here.labels():
                window.key("Return")
                return
            window.key(key)
            window.wait(lambda here=here: item().path != here.path, "another choice")
        raise AssertionError(f"{row} has no {choice}")

    def test_numbers_zone_rows(self):
        self.site.sql("UPDATE user_wallets SET balance = 1234567.000000000000000001 WHERE address "
                      "= (SELECT address FROM user_wallets ORDER BY created_at DESC, address DESC "
                      "LIMIT 1)")
        window = self.open("wallets")
        table = Table(window, "Wallets")
        balance = "1\u202f234\u202f567.000000000000000001"
        table.wait_rows([balance], lambda row: row["Balance"])
        height = self.row_height(window, table)
        clock = window.find("label", re.compile("as of .*")).name
        window.key("ctrl+comma")
        window.find("dialog", "Preferences")
        window.screenshot("preferences")

        self.choose(window, "Row height", "Comfortable")
        self.wait_kept(window, "table-density='comfortable'")
        self.choose(window, "Time zone", "Another")
        entry = window.find("text", re.compile("Name, such as.*"))
        entry.set_text("Asia/Atlantis")
        window.find("text", re.compile("This computer knows no time zone.*"))
        window.screenshot("preferences-zone")
        self.assertNotIn("time-zone", self.kept())
        entry.set_text("Asia/Kolkata")
        self.wait_kept(window, "time-zone='Asia/Kolkata'")
        self.choose(window, "Numbers", "1,234,567.89")
        self.wait_kept(window, "number-format='comma'")
        window.find("spin button", re.compile("Seconds between.*"))
        window.key("Escape")
        window.wait_gone("dialog", "Preferences")

        def check(window, table):
            table.wait_rows(["1,234,567.000000000000000001"], lambda row: row["Balance"])
            self.assertEqual(self.row_height(window, table), 36)
            window.wait(lambda: window.find("label", re.compile("as of .*")).name[6:11]
                        == subprocess.run(["date", "+%H:%M"], env={"TZ": "Asia/Kolkata"},
                                          capture_output=True, text=True, check=True)
                        .stdout.strip(), "the time in Kolkata")

        self.assertEqual(height, 28)
        self.assertNotEqual(clock[6:11], window.find("label", re.compile("as of .*")).name[6:11])
        check(window, table)
        window.close()
        window = self.open("wallets")
        check(window, Table(window, "Wallets"))

    def test_as_the_language_does_it(self):
        """Days, numbers and amounts, until somebody chooses otherwise."""
        self.site.sql("UPDATE user_wallets SET balance = 1234567.000000000000000001 WHERE address "
                      "= (SELECT address FROM user_wallets ORDER BY created_at DESC, address DESC "
                      "LIMIT 1)")
        window = self.open("wallets", LOCPATH=locale_path("de_DE"), LC_ALL="de_DE.UTF-8",
                           LANGUAGE="de", TZ="UTC",
                           WD_LOCALEDIR=os.path.join(harness.build_folder(), "po"))
        table = Table(window, "Wallets")
        table.wait_rows(["1.234.567,000000000000000001"], lambda row: row["Guthaben"])
        window.picture("wallets-german")
        table.press(0)
        window.key("Return")
        window.find("label", re.compile(r"(\w+tag|Mittwoch), \d\d\.\d\d\.\d{4}"))
        window.key("ctrl+comma")
        window.find("dialog", "Einstellungen")
        window.picture("preferences-german")

    @staticmethod
    def row_height(window, table):
        heights = {extents[3] for extents in window.bus.all_extents(
            window.owner, table._below(table._view)[:5])}  # pylint: disable=protected-access
        return heights.pop() if len(heights) == 1 else heights

    def test_style_and_interval(self):
        def brightness(window):
            path = window.screenshot("style")
            return float(subprocess.run(
                ["convert", path, "-crop", "300x200+600+500", "-format", "%[fx:mean]", "info:"],
                check=True, capture_output=True, text=True).stdout)

        window = self.open("jobs")
        Table(window, "Jobs")
        window.key("ctrl+comma")
        window.find("dialog", "Preferences")
        self.choose(window, "Style", "Dark")
        self.wait_kept(window, "color-scheme='dark'")
        window.move_to("spin button", re.compile("Seconds between.*"))
        window.key("ctrl+a", "7", "Return")
        self.wait_kept(window, "refresh-interval=7")
        window.key("Escape")
        window.wait_gone("dialog", "Preferences")
        window.wait(lambda: brightness(window) < 0.4, "the dark")
        window.close()
        window = self.open("jobs")
        Table(window, "Jobs")
        window.wait(lambda: brightness(window) < 0.4, "the dark again")


class Columns(everyday_case.EverydayCase):
    """The layout of a table is everybody's own."""

    def test_hidden(self):
        window = self.open("jobs")
        before = Table(window, "Jobs").titles()
        self.toggle(window, "Retries")
        self.wait_titles(window, [title for title in before if title != "Retries"])
        self.wait_kept(window, "'hidden': <['retries']>")
        window.close()
        window = self.open("jobs")
        self.wait_titles(window, [title for title in before if title != "Retries"])
        # The other table has its own.
        window.key("ctrl+2")
        self.assertIn("Network", Table(window, "Wallets").titles())
        window.key("ctrl+3")
        self.toggle(window, "Reset Columns")
        self.wait_titles(window, before)
        self.wait_kept(window, "jobs-columns={}")

    def test_narrow(self):
        """A column left out for want of room can be had all the same."""
        window = self.open("jobs", size="720x600")
        self.assertNotIn("Trigger", Table(window, "Jobs").titles())
        self.toggle(window, "Trigger")
        window.wait(lambda: "Trigger" in Table(window, "Jobs").titles(), "the column")
        self.wait_kept(window, "'shown': <['trigger']>")

    def test_width_and_order(self):
        window = self.open("jobs")
        table = Table(window, "Jobs")
        width = self.header_width(window, "Wallet")
        header = table._headers["Trigger"]  # pylint: disable=protected-access
        x, y, _width, height = window.bus.extents(window.owner, header)
        padding = window.padding(PADDING)
        self.drag(window, x - padding, y + height // 2, 80)
        window.wait(lambda: self.header_width(window, "Wallet") == width + 80,
                    lambda: f"{width} + 80: {self.header_width(window, 'Wallet')}")
        self.wait_kept(window, "'widths': <{'wallet': ")
        kept = int(re.search(r"'wallet': (\d+)", self.kept())[1])
        self.assertAlmostEqual(kept, width + 80 + 2 * padding, delta=2)
        table.sort("Type")
        self.wait_kept(window, "'sort': <('type', false)>")
        table.wait_rows(["Consolidation"] * 5, lambda row: row["Type"])
        window.close()
        window = self.open("jobs")
        table = Table(window, "Jobs")
        window.wait(lambda: self.header_width(window, "Wallet") == width + 80, "the width")
        table.wait_rows(["Consolidation"] * 5, lambda row: row["Type"])

    @staticmethod
    def toggle(window, item):
        button = window.find("push button", "Columns", within=("frame", None))
        button.children[0].click()
        window.find("menu item", item).click()
        window.wait_gone("menu item", item)

    @staticmethod
    def wait_titles(window, titles):
        window.wait(lambda: Table(window, "Jobs").titles() == titles,
                    lambda: f"{titles}: {Table(window, 'Jobs').titles()}")

    @staticmethod
    def header_width(window, title):
        table = Table(window, "Jobs")
        return window.bus.extents(
            window.owner, table._headers[title])[2]  # pylint: disable=protected-access

    @staticmethod
    def drag(window, x, y, by):
        margin_x, margin_y = window._margin()  # pylint: disable=protected-access
        tool = window._xdotool  # pylint: disable=protected-access
        tool("mousemove", x + margin_x, y + margin_y, "mousedown", 1)
        for step in range(1, 9):
            tool("mousemove", x + margin_x + by * step // 8, y + margin_y)
        tool("mouseup", 1)


class Frame(Menus, everyday_case.EverydayCase):
    """Keys, sizes, and what stands there when nothing does."""

    def test_parts(self):
        """F6 goes around: sidebar, filters, table, bar; Shift+F6 back."""
        window = self.open("jobs")
        Table(window, "Jobs").wait_total("600 jobs")

        def part():
            tree = window.tree()
            for name, role in (("Pages", "list"), ("Filters", "panel")):
                place = tree.find(role, name)
                if place and any(node.has("focused") for node in place.walk()):
                    return name
            bar = re.compile(".*All Matching…|Go to a Time")
            if any(node.has("focused") for node in tree.all("push button", bar)):
                return "bar"
            return None if any(node.has("focused") for node in tree.walk()) else "table"

        window.key("ctrl+f")
        window.wait(lambda: part() == "Filters", "the search")
        for key, name in (("F6", "table"), ("F6", "bar"), ("F6", "Pages"), ("F6", "Filters"),
                          ("shift+F6", "Pages"), ("shift+F6", "bar"), ("shift+F6", "table")):
            window.key(key)
            window.wait(lambda name=name: part() == name,
                        lambda name=name, key=key: f"{name} after {key}: {part()}")

    def test_table_keys(self):
        window = self.open("jobs")
        table = Table(window, "Jobs")
        table.wait_total("600 jobs")
        table.press(0)
        # The third tells how many rows one screen is.
        for key, place in (("End", "[1-9][0-9]{2}"), ("Home", "1"), ("Page_Down", "[1-9][0-9]")):
            window.key(key)
            # A row far down is there before what is in it.
            window.wait(lambda: window.title() == "Job" or window.key("Return"),
                        f"the job after {key}")
            window.find("label", re.compile(place + " of 600"))
            window.key("alt+Left")
            window.wait(lambda: window.title() == "Jobs", "the jobs")

    def test_keys(self):
        window = self.open("overview")
        window.find("panel", "Connection Environment, connected")
        for key, title in (("ctrl+2", "Wallets"), ("ctrl+3", "Jobs"), ("ctrl+1", "Overview")):
            window.key(key)
            window.wait(lambda title=title: window.title() == title, title)
        self.site.add_wallets(1)
        [(count,)] = self.site.sql("SELECT count(*) FROM user_wallets")
        window.key("F5")
        window.find("push button", f"{count} wallets", seconds=4)
        window.key("ctrl+question")
        for text in ("Find anything", "Preferences",
                     "Next part of the window"):
            window.find("label", text)
        window.screenshot("shortcuts")
        window.key("Escape")
        window.wait(lambda: not window.is_there("label", "Next part of the window"),
                    "end of the shortcuts")

    def test_folded_filters(self):
        """In a narrow window the filters stand behind one button, which counts them."""
        window = self.open("jobs", size="560x600")
        table = Table(window, "Jobs")
        table.wait_total("600 jobs")
        window.find("push button", "Filters").children[0].click()
        window.find("push button", "Created: Any time")
        table.open_filter("Status")
        window.move_to("check box", "Failed")
        [(count,)] = self.site.sql("SELECT count(*) FROM job_logs WHERE status = 'failed'")
        table.wait_total(f"{count} jobs")
        window.key("Escape")
        window.wait_gone("check box", "Failed")
        window.find("push button", "Status: Failed")
        window.screenshot("filters-folded")
        window.key("Escape")
        window.wait_gone("push button", "Status: Failed")
        window.find("push button", "Filters (1)")
        x, _y, width, _height = window.find("push button", "Filters (1)").extents()
        self.assertLessEqual(x + width, 560)
        # In a wide one they are side by side.
        window.close()
        window = self.open("jobs")
        window.find("push button", "Status: All statuses")
        self.assertFalse(window.is_there("push button", "Filters"))

    def test_size_and_page(self):
        window = self.open(size=None)
        window.find("panel", "Connection Environment, connected")
        window._xdotool(  # pylint: disable=protected-access
            "windowsize", "--sync", window._window, 1000, 700)  # pylint: disable=protected-access
        window.key("ctrl+3")
        Table(window, "Jobs").wait_total("600 jobs")
        size = window.find("frame").extents()[2:]
        window.key("ctrl+w")
        self.assertEqual(window.process.wait(20), 0)
        self.assertIn("page='jobs'", self.kept())
        window = self.open(size=None)
        Table(window, "Jobs").wait_total("600 jobs")
        self.assertEqual(window.find("frame").extents()[2:], size)


class Empty(unittest.TestCase):
    """An empty list says why it is, and what next."""

    def test_reasons(self):
        with Site() as site:
            with Window(site.environment(), page="jobs") as window:
                window.find("label", "No Jobs Yet")
                window.find("push button", "Try Again")
                window.screenshot("empty-jobs")
                window.key("ctrl+2")
                said = window.wait(lambda: window.tree().find("label", "No Wallets Yet"), "reason")
                again = (holder.find("push button", "Try Again") for holder in said.line())
                site.add_wallets(3)
                next(button for button in again if button).click()
                Table(window, "Wallets").wait_total("3 wallets")
                Table(window, "Wallets").search("nothing like it")
                window.find("label", "Nothing Matches")
                window.screenshot("empty-matches")
                window.click("push button", "Clear Filters")
                Table(window, "Wallets").wait_total("3 wallets")
            self.check_row_security(site)
            self.check_no_tables(site)

    def check_row_security(self, site):
        """A role that row security shows nothing is told so, not that there is nothing."""
        with site.postgres.connect(user="postgres") as admin, admin.cursor() as cursor:
            cursor.execute("CREATE ROLE viewer LOGIN; "
                           "GRANT SELECT ON ALL TABLES IN SCHEMA public TO viewer; "
                           "ALTER TABLE user_wallets ENABLE ROW LEVEL SECURITY")
        variables = {**site.environment(), "DATABASE_URL": site.postgres.url(user="viewer")}
        with Window(variables, page="wallets") as window:
            window.find("label", "No Rows for This Role")
            window.find("label", re.compile(".*Row security hides every row of "
                                            "public.user_wallets.*BYPASSRLS.*", re.DOTALL))
            window.screenshot("empty-row-security")

    def check_no_tables(self, site):
        admin = site.postgres.connect(user="postgres", database="postgres")
        self.addCleanup(admin.close)
        with admin.cursor() as cursor:
            cursor.execute("CREATE DATABASE other")
        variables = {**site.environment(), "DATABASE_URL": site.postgres.url(database="other")}
        with Window(variables, page="jobs") as window:
            window.find("label", "Not a Platform’s Database")
            window.find("label", re.compile(".*no table public.job_logs.*", re.DOTALL))
            window.screenshot("empty-no-tables")


if __name__ == "__main__":
    harness.main()
