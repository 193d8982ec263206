#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Views: saved, chosen, changed, ordered, given away; and the columns that go with them."""

import os
import re
import tempfile
import unittest

import window
from fixtures import sample
from fixtures.site import Site
from table import Table
from window import Window

LOOKS = {"light": {}, "dark": {"arguments": ["--dark"]}, "narrow": {"size": "700x600"}}


class ViewsTest(unittest.TestCase):
    """One silent platform; each test has a folder of views of its own."""

    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)
        sample.fill(cls.site, wallets=60, jobs=400, queues=False)
        [(cls.failed,)] = cls.site.sql("SELECT count(*) FROM job_logs WHERE status = 'failed'")

    def setUp(self):
        folder = tempfile.TemporaryDirectory()  # pylint: disable=consider-using-with
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.file = os.path.join(self.folder, "worker-dashboard", "views.conf")

    def open(self, page="jobs", **options):
        opened = Window(self.site.environment(), page=page, XDG_CONFIG_HOME=self.folder, **options)
        self.addCleanup(opened.close)
        return opened

    def write(self, text):
        os.makedirs(os.path.dirname(self.file), exist_ok=True)
        with open(self.file, "w", encoding="utf-8") as file:
            file.write(text)

    @staticmethod
    def read_file(path):
        with open(path, encoding="utf-8") as file:
            return file.read()

    def read(self):
        return self.read_file(self.file)

    @staticmethod
    def views(opened):
        """The names in the sidebar, below the pages."""
        sidebar = opened.find("list", "Pages")
        return [row.name for row in sidebar.all("list item")][7:]

    @staticmethod
    def titles(opened):
        return Table(opened, "Jobs").titles()

    @staticmethod
    def drag(opened, name, onto, below):
        """Takes a view by the middle to a place below the top of another one."""
        tool = opened._xdotool  # pylint: disable=protected-access
        opened.point(opened.find("list item", name).path)
        tool("mousedown", 1)
        for _step in range(4):
            tool("mousemove_relative", "--sync", 1, 3)
        opened.point(opened.find("list item", onto).path, below=below)
        opened.linger(0.6)
        tool("mouseup", 1)

    def save_as(self, opened, name, heading="Save View"):
        opened.focus_other(heading)
        opened.find("text", "Name of the view")
        opened.screenshot("view-name")
        opened.key("ctrl+a")
        opened.type(name)
        opened.key("Return")
        opened.wait_other_gone(heading)
        opened.focus()

    def choose(self, opened, item):
        """Chooses from the menu of views."""
        opened.find("push button", "Views", within=("frame", None)).children[0].click()
        opened.find("menu item", item).click()
        opened.wait_gone("menu item", item)

    def expect(self, opened, *names):
        opened.wait(lambda: self.views(opened) == list(names),
                    lambda: f"{names} in the sidebar: {self.views(opened)}")

    def test_life(self):
        """Saved, left, chosen again, changed, updated, renamed, deleted, brought back."""
        opened = self.open()
        table = Table(opened, "Jobs")
        table.wait_total("400 jobs")
        own = table.titles()
        table.search("status:failed")
        table.wait_total(f"{self.failed} jobs")
        opened.key("ctrl+d")
        self.save_as(opened, "Failures")
        self.expect(opened, "Failures")
        opened.wait(lambda: opened.title() == "Failures", "its title")
        self.assertIn("[Failures]\npage=jobs\nfilter=status:failed\n", self.read())

        # A column hidden now, and an order, are the view's.
        opened.find("push button", "Columns", within=("frame", None)).children[0].click()
        opened.click("menu item", "Trigger")
        opened.wait(lambda: "Trigger" not in self.titles(opened), "end of the column")
        opened.key("Escape")
        table.sort("Created")
        opened.find("label", "Changed")
        self.choose(opened, "Update “Failures”")
        opened.wait_gone("label", "Changed")
        opened.wait(lambda: "hidden=trigger;\n" in self.read(), "the column in the file")
        self.assertIn("sort=created\ndescending=false\n", self.read())

        # The page has its own again.
        opened.key("ctrl+3")
        table.wait_total("400 jobs")
        self.assertEqual(opened.title(), "Jobs")
        self.assertEqual(self.titles(opened), own)
        opened.press(opened.find("list item", "Failures").path)
        table.wait_total(f"{self.failed} jobs")
        opened.wait(lambda: "Trigger" not in self.titles(opened), "the view's columns")
        self.assertTrue(opened.find("list item", "Failures").has("selected"))

        # What is changed is not lost by looking elsewhere, and can be taken back.
        table.search("status:failed type:sync")
        opened.find("label", "Changed")
        opened.key("ctrl+1")
        opened.wait(lambda: opened.title() == "Overview", "the overview")
        opened.press(opened.find("list item", "Failures").path)
        opened.find("label", "Changed")
        self.choose(opened, "Back to “Failures” as Saved")
        table.wait_total(f"{self.failed} jobs")
        opened.wait_gone("label", "Changed")

        opened.press(opened.find("list item", "Failures").path)
        opened.key("F2")
        self.save_as(opened, "What failed", "Rename View")
        self.expect(opened, "What failed")
        opened.wait(lambda: opened.title() == "What failed", "its title")
        self.assertNotIn("Trigger", self.titles(opened))
        # The key asks before.
        opened.key("Delete")
        opened.find("dialog", "Delete “What failed”?")
        opened.focus_other("Delete “What failed”?")
        opened.screenshot("view-delete")
        opened.click("push button", re.compile("(_?Delete ?)+"),
                     within=("dialog", "Delete “What failed”?"))
        opened.focus()
        opened.find("label", "View “What failed” deleted")
        self.expect(opened)
        table.wait_total(f"{self.failed} jobs")
        opened.click("push button", re.compile("(_?Undo ?)+"))
        self.expect(opened, "What failed")

        # It is there after a new start, and chosen by its name.
        opened.close()
        opened = self.open("overview")
        self.expect(opened, "What failed")
        opened.key("ctrl+k")
        opened.focus_other("Find")
        opened.type("what f")
        opened.key("Return")
        opened.focus()
        table = Table(opened, "Jobs")
        table.wait_total(f"{self.failed} jobs")
        self.assertNotIn("Trigger", self.titles(opened))

    def test_order(self):
        """By keys, by menu, by dragging."""
        self.write("".join(f"[{name}]\npage=jobs\n" for name in ("one", "two", "three")))
        opened = self.open()
        self.expect(opened, "one", "two", "three")
        opened.press(opened.find("list item", "three").path)
        opened.wait(lambda: opened.title() == "three", "the view")
        opened.key("alt+Up")
        self.expect(opened, "one", "three", "two")
        opened.key("alt+Up")
        self.expect(opened, "three", "one", "two")
        opened.key("alt+Up")
        opened.key("alt+Down")
        self.expect(opened, "one", "three", "two")
        self.assertTrue(opened.find("list item", "three").has("selected"))
        opened.key("shift+F10")
        opened.click("menu item", "Move Down")
        self.expect(opened, "one", "two", "three")
        self.drag(opened, "three", "one", -8)
        self.expect(opened, "three", "one", "two")
        self.drag(opened, "three", "two", 8)
        self.expect(opened, "one", "two", "three")

    def test_give_away(self):
        """Exported, and imported by somebody who has some of them."""
        given = os.path.join(self.folder, "given.views")
        self.write("[mine]\npage=jobs\nfilter=status:failed\n\n"
                   "[gas]\npage=wallets\nfilter=needs:gas\n\n"
                   "[later]\npage=jobs\nfilter=mood:grim\n\n"
                   "[moon]\npage=moon\n")
        opened = self.open()
        self.expect(opened, "mine", "gas", "later", "moon")
        self.choose(opened, "Export All Views…")
        opened.find("text", "Name:").set_text(given)
        opened.click("push button", re.compile("(_Export )?Export"))
        opened.find("label", "Views written to “given.views”")
        self.assertEqual(len(re.findall(r"^\[", self.read_file(given), re.M)), 4)

        # What this version cannot show says why, and is kept.
        self.assertEqual(len(opened.find("list", "Pages").all("label", "unusable")), 2)
        opened.press(opened.find("list item", "later").path)
        opened.wait(lambda: opened.find("entry", "Search jobs").text() == "mood:grim", "its line")
        opened.find("label", re.compile("There is no “mood:” here.* still those of the filter .*"))
        opened.screenshot("views-unusable")
        opened.press(opened.find("list item", "moon").path)
        opened.find("label", re.compile("“moon” cannot be shown: .*“moon”"))
        opened.close()

        self.write("[mine]\npage=jobs\nfilter=status:active\n\n[gas]\npage=wallets\n"
                   "filter=needs:gas\n")
        opened = self.open()
        self.expect(opened, "mine", "gas")
        self.choose(opened, "Import Views…")
        opened.choose_file("Import Views", given)
        for text in ("“mine”: there is another view of that name",
                     "“gas”: there already, and the same"):
            opened.find("label", text)
        opened.find("label", re.compile("“moon”: refused.*"))
        opened.find("label", re.compile("“later”: Its filter is none.*"))
        opened.screenshot("views-import", opened.focus_other("Import Views"))
        opened.click("push button", re.compile("(_?New Ones Only ?)+"))
        opened.focus()
        self.expect(opened, "mine", "gas", "later")
        self.assertIn("filter=status:active\n", self.read())
        self.choose(opened, "Import Views…")
        opened.choose_file("Import Views", given)
        opened.click("push button", re.compile("(_?Replace Mine ?)+"))
        opened.wait(lambda: "filter=status:active\n" not in self.read(), "the view given")
        self.expect(opened, "mine", "gas", "later")

    def test_error(self):
        """What goes wrong most is a view of the jobs that it went wrong with."""
        report = self.site.wdctl("jobs", "errors").document
        first = report["groups"][0]
        opened = self.open()
        Table(opened, "Jobs").wait_total("400 jobs")
        opened.key("ctrl+k")
        opened.focus_other("Find")
        opened.type("show errors")
        opened.key("Return")
        opened.focus()
        opened.wait(lambda: opened.title() == "Errors", "the errors")
        more = opened.find("push button", "What to do with these jobs")
        more.children[0].click()
        opened.find("menu item", "Copy Message")
        opened.screenshot("errors-menu", keyboard=False)
        opened.click("menu item", "Save as View…")
        self.save_as(opened, "Worst")
        self.expect(opened, "Worst")
        self.assertEqual(opened.title(), "Errors")
        opened.press(opened.find("list item", "Worst").path)
        Table(opened, "Jobs").wait_total(f"{first['failed_jobs']} jobs")

    def test_looks(self):
        self.write("[Failed top-ups of today with a long name]\npage=jobs\n"
                   "filter=status:failed type:gas-topup\n\n[Wallets in need]\npage=wallets\n"
                   "filter=needs:gas\n\n[Of a later version]\npage=jobs\nfilter=mood:grim\n")
        for look, options in LOOKS.items():
            with self.subTest(look):
                opened = self.open(**options)
                if look == "narrow":
                    opened.key("alt+Left")
                opened.press(opened.find_calm("list item", "Wallets in need").path)
                opened.wait(lambda opened=opened: opened.title() == "Wallets in need", "the view")
                Table(opened, "Wallets").search("needs:gas network:tron")
                if look == "narrow":
                    opened.key("Escape", "alt+Left")
                opened.find("label", "Changed")
                # The page behind the sidebar tells nobody that it is hidden.
                opened.screenshot(f"views-{look}", keyboard=look != "narrow")
                opened.close()


if __name__ == "__main__":
    window.main()
