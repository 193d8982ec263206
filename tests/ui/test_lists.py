#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tables of jobs and wallets show the database: rows, filters, search, order, to the end."""

import datetime
import re
import unittest
from decimal import Decimal

import window
from fixtures import sample
from fixtures.site import Site
from table import Table
from window import Window

TITLES = {"gas-topup": "Gas top-up", "consolidation": "Consolidation", "sync": "Balance sync",
          "deposit-detection": "Deposit detection"}
JOBS = 2500
WALLETS = 700
NEWEST = "ORDER BY created_at DESC, id DESC"


def short(address):
    return f"{address[:6]}…{address[-5:]}" if address and len(address) > 13 else address or "—"


def plain(text):
    return re.sub(r"\s", "", text)


SITE = None


def setUpModule():
    global SITE  # pylint: disable=global-statement
    SITE = Site()
    unittest.addModuleCleanup(SITE.close)
    sample.fill(SITE, wallets=WALLETS, jobs=JOBS, queues=False)


def count_of(noun, table, condition, *values):
    """What the bar below a table says."""
    [(count,)] = SITE.sql(f"SELECT count(*) FROM {table} WHERE {condition}", *values)
    return f"{count} {noun}{'' if count == 1 else 's'}"


class ListCase(unittest.TestCase):
    """One silent platform for all tests, a window for each."""

    title = None

    @classmethod
    def setUpClass(cls):
        cls.site = SITE

    def setUp(self):
        self.window = Window(self.site.environment(), page=self.title.lower())
        self.addCleanup(self.window.close)
        self.table = Table(self.window, self.title)

    def count(self, condition, *values):
        if self.title == "Jobs":
            return count_of("job", "job_logs", condition, *values)
        return count_of("wallet", "user_wallets", condition, *values)


class JobsTest(ListCase):
    """Jobs."""

    title = "Jobs"

    def expect(self, rows):
        self.table.wait_rows([short(row[0]) for row in rows], lambda row: row["Job id"])

    def test_rows(self):
        rows = self.site.sql(
            "SELECT job_id, job_type, status, wallet_address, triggered_by, retry_count, "
            f"max_retries, error_message, started_at, completed_at FROM job_logs {NEWEST} LIMIT 20")
        self.assertEqual(self.table.titles(), ["Status", "Type", "Wallet", "Trigger", "Retries",
                                               "Created", "Duration", "Error", "Job id"])
        self.table.wait_total(f"{JOBS} jobs")
        self.expect(rows)
        for row, shown in zip(rows, self.table.rows(20)):
            job_id, kind, status, wallet, trigger, retries, allowed, error, started, done = row
            self.assertEqual(
                [shown["Status"], shown["Type"], shown["Wallet"], shown["Trigger"],
                 plain(shown["Retries"]), shown["Error"]],
                [status.capitalize(), TITLES[kind], short(wallet), trigger.capitalize(),
                 f"{retries}/{allowed}", error or ""], job_id)
            self.assertRegex(shown["Created"], r"^\d+ (s|min|h|days?) ago$")
            self.assertEqual(shown["Duration"] == "—", started is None or done is None, job_id)

    def test_failed_rows_say_why(self):
        self.table.choose("Status", "Failed")
        self.table.wait_total(self.count("status = 'failed'"))
        rows = self.site.sql("SELECT job_id, error_message FROM job_logs "
                             f"WHERE status = 'failed' {NEWEST} LIMIT 10")
        self.expect(rows)
        self.assertEqual([row["Error"] for row in self.table.rows(10)], [row[1] for row in rows])
        self.assertEqual({row["Status"] for row in self.table.rows(10)}, {"Failed"})
        self.table.choose("Status", "Completed")
        self.table.wait_total(self.count("status IN ('failed', 'completed')"))
        self.window.find("push button", "Status: Completed + 1")
        self.table.choose("Type", "Gas top-up")
        self.table.wait_total(self.count("status IN ('failed', 'completed') "
                                         "AND job_type = 'gas-topup'"))
        self.table.choose("Trigger", "Deposit", "Manual")
        self.table.wait_total(self.count(
            "status IN ('failed', 'completed') AND job_type = 'gas-topup' "
            "AND triggered_by IN ('deposit', 'manual')"))
        for kind, everything in (("Status", "All statuses"), ("Type", "All types"),
                                 ("Trigger", "All triggers")):
            self.table.choose(kind, everything)
            self.window.find("push button", f"{kind}: {everything}")
        self.table.wait_total(f"{JOBS} jobs")

    def test_date(self):
        self.table.choose("Created", "Last 7 days", key="Down")
        self.table.wait_total(self.count("created_at >= now() - interval '7 days'"))
        self.table.choose("Created", "Any time", key="Up")
        self.table.wait_total(f"{JOBS} jobs")
        day = (datetime.datetime.now(datetime.timezone.utc)
               - datetime.timedelta(days=10)).date().isoformat()
        self.table.open_filter("Created")
        self.window.find("text", "From").set_text(day)
        self.window.find("text", "To").set_text(day)
        self.window.click("push button", "Apply")
        self.table.wait_total(self.count("created_at >= %s AND created_at < %s::timestamptz "
                                         "+ interval '1 day'", day + " UTC", day + " UTC"))

    def test_search(self):
        [(wallet,)] = self.site.sql("SELECT wallet_address FROM job_logs WHERE wallet_address "
                                    f"IS NOT NULL {NEWEST} LIMIT 1")
        self.table.search(wallet[3:20].upper())
        self.table.wait_total(self.count("wallet_address ILIKE %s", f"%{wallet[3:20]}%"))
        self.assertEqual(self.table.rows(1)[0]["Wallet"], short(wallet))
        self.table.search("100%_no such thing")
        self.window.find("label", "Nothing Matches")
        self.window.click("push button", re.compile("Clear.*"))
        self.table.wait_total(f"{JOBS} jobs")
        self.assertEqual(self.window.find("entry", "Search jobs").text(), "")

    def line(self):
        return self.window.find("entry", "Search jobs").text()

    def wait_line(self, text):
        self.window.wait(lambda: self.line() == text, lambda: f"{text}: it says {self.line()}")

    def test_line_and_menus_say_the_same(self):
        self.table.choose("Status", "Failed")
        self.wait_line("status:failed")
        self.table.search("type:sync -trigger:system created:>-7d retries:>=1")
        self.table.wait_total(self.count(
            "job_type = 'sync' AND triggered_by <> 'system' AND retry_count >= 1 "
            "AND created_at > now() - interval '7 days'"))
        for name in ("Status: All statuses", "Type: Balance sync", "Trigger: Not System",
                     "Created: Last 7 days"):
            self.window.find("push button", name)
        self.table.choose("Type", "Gas top-up")
        self.wait_line("type:gas-topup,sync -trigger:system created:>-7d retries:>=1")
        self.table.wait_total(self.count(
            "job_type IN ('gas-topup', 'sync') AND triggered_by <> 'system' "
            "AND retry_count >= 1 AND created_at > now() - interval '7 days'"))

    def test_wrong_line_keeps_the_last_filter(self):
        failed = self.count("status = 'failed'")
        self.table.search("status:failed")
        self.table.wait_total(failed)
        self.table.search("status:failed type:snyc x")
        entry = self.window.find("entry", "Search jobs")
        self.window.wait(lambda: "type: has no “snyc”" in entry.description(),
                         lambda: f"description: {entry.description()}")
        entry = self.window.find("entry", "Search jobs")
        # GTK 4.8 calls an entry that is wrong an object that is.
        self.assertTrue(entry.has("invalid_entry") or entry.has("invalid"))
        self.assertEqual(self.table.total(), failed)
        self.window.find("push button", "Status: Failed")
        # All that matches is not what the line says.
        self.window.click("push button", "Retry All Matching…")
        self.window.find("label", re.compile("The filter has to be put right first: type: .*"))
        self.assertFalse(self.window.is_there("dialog", "Retry Jobs"))
        self.table.search("status:failed type:sync")
        self.table.wait_total(self.count("status = 'failed' AND job_type = 'sync'"))
        self.assertEqual(entry.description(), "")

    def test_completion(self):
        """By keyboard, then by pointer."""
        self.window.key("ctrl+f")
        self.window.wait(lambda: self.window.find("entry", "Search jobs").has("focused"),
                         "focus in the line")
        self.window.type("sta")
        self.window.find("list item", "status:")
        self.window.key("Down", "Return")
        self.wait_line("status:")
        self.window.find("list item", "retrying")
        self.window.key("Down", "Down", "Down", "Down", "Down", "Return")
        self.wait_line("status:failed ")
        self.table.wait_total(self.count("status = 'failed'"))
        self.window.type("trigger:")
        self.table.press_choice("manual", "system")
        self.wait_line("status:failed trigger:manual ")
        self.table.wait_total(self.count("status = 'failed' AND triggered_by = 'manual'"))
        self.window.key("Escape")
        self.window.wait_gone("list item", "status:")
        self.window.key("Escape")
        self.wait_line("")
        self.table.wait_total(f"{JOBS} jobs")

    def test_order(self):
        oldest = self.site.sql("SELECT job_id FROM job_logs ORDER BY created_at, id LIMIT 15")
        newest = self.site.sql(f"SELECT job_id FROM job_logs {NEWEST} LIMIT 15")
        self.expect(newest)
        self.table.sort("Created")
        self.expect(oldest)
        self.table.sort("Created")
        self.expect(newest)
        self.table.sort("Type")
        self.table.wait_rows(["Consolidation"] * 10, lambda row: row["Type"])
        self.table.sort("Type")
        self.table.wait_rows(["Balance sync"] * 10, lambda row: row["Type"])

    def test_to_the_end(self):
        """Every job is seen on the way down, none of them twice, the oldest last."""
        ids = [short(row[0]) for row in self.site.sql(f"SELECT job_id FROM job_logs {NEWEST}")]
        self.table.wait_total(f"{JOBS} jobs")
        seen = set()
        screen, pages = [], [1]

        def see_more():
            """Adds the rows that exist once others are on screen, and stand still there."""
            now = self.table.column("Job id", on_screen=True)
            if not all(now) or now == screen:
                return False
            rows = [job for job in self.table.column("Job id") if job]
            if self.table.column("Job id", on_screen=True) != now:
                return False
            self.assertEqual(len(rows), len(set(rows)), "a row is there twice")
            seen.update(rows)
            screen[:] = now
            # Rows exist beyond the screen: how far depends on GTK's version.
            pages[0] = max(1, len(rows) // len(now) // 2)
            return True

        self.window.wait(see_more, "rows")
        self.table.press(0)
        # The first only goes to the last row on screen.
        self.window.key("Page_Down")
        while screen[-1] != ids[-1]:
            self.window.key(*["Page_Down"] * pages[0])
            self.window.wait(see_more, lambda: f"rows below those {len(seen)}")
        self.assertEqual(seen, set(ids))
        self.assertEqual(screen[-15:], ids[-15:])
        self.window.screenshot("jobs-end")
        self.assertEqual(self.table.total(), f"{JOBS} jobs")


    def wait_place(self, ids, is_there):
        """Waits until the rows that exist are those of one place, for whose ends IS_THERE holds.

        Some hundred exist around the screen; of others only the one that has the focus.
        """
        ends = [0, 0]

        def look():
            jobs = self.table.column("Job id")
            if not jobs or not all(jobs):
                return False
            self.assertEqual(len(jobs), len(set(jobs)), "a row is there twice")
            places = sorted(ids.index(job) for job in jobs if job in ids)
            runs = [[places[0], places[0]]]
            for place in places[1:]:
                if place == runs[-1][1] + 1:
                    runs[-1][1] = place
                else:
                    runs.append([place, place])
            ends[:] = max(runs, key=lambda run: run[1] - run[0])
            return ends[1] - ends[0] + 1 >= len(jobs) - 2 and is_there(*ends)

        self.window.wait(look, lambda: f"other rows than {ends}")

    def test_any_place(self):
        """The scrollbar, End, Home, a time, the wheel: rows not read before are there."""
        rows = self.site.sql(f"SELECT job_id, created_at FROM job_logs {NEWEST}")
        ids = [short(row[0]) for row in rows]
        self.table.wait_total(f"{JOBS} jobs")
        self.wait_place(ids, lambda first, last: first == 0)
        self.table.press(2)
        self.window.find("label", "1 selected")
        self.table.drag_scrollbar(0.5)
        self.wait_place(ids, lambda first, last: first > JOBS // 4 and last < JOBS * 3 // 4)
        self.assertTrue(self.window.is_there("label", "1 selected"))
        self.window.screenshot("jobs-middle")
        self.window.key("End")
        self.wait_place(ids, lambda first, last: last == JOBS - 1)
        # A row that was not read when the key was pressed is selected once it is.
        self.window.find("label", "1 selected")
        self.window.key("Home")
        self.wait_place(ids, lambda first, last: first == 0)
        day = rows[1200][1].date()
        place = next(i for i, row in enumerate(rows) if row[1].date() <= day)
        self.window.key("ctrl+g")
        self.window.find("text", "Go to a day or a minute").set_text(day.isoformat())
        self.window.key("Return")
        self.wait_place(ids, lambda first, last: first < place < last)
        # Many clicks within one frame go as far as they do one by one: two rows and a half each.
        self.table.turn_wheel(100, 1)
        self.wait_place(ids, lambda first, last: place < first < place + 246 < last)

    def test_sort_menu(self):
        """Every order of a header is in a menu, by keyboard, both ways."""
        self.table.wait_total(f"{JOBS} jobs")
        self.window.find("push button", "Sort By").children[0].click()
        self.window.click("menu item", "Type")
        self.table.wait_rows(["Balance sync"] * 10, lambda row: row["Type"])
        self.window.find("push button", "Sort By").children[0].click()
        self.window.click("menu item", "Smallest or Oldest First")
        self.table.wait_rows(["Consolidation"] * 10, lambda row: row["Type"])


class WalletsTest(ListCase):
    """Wallets."""

    title = "Wallets"

    def test_rows(self):
        rows = self.site.sql(
            "SELECT address, network, balance, needs_gas, needs_consolidation, user_id, last_sync "
            f"FROM user_wallets {NEWEST} LIMIT 20")
        self.assertEqual(self.table.titles(), ["Address", "Network", "Balance", "Gas",
                                               "Consolidation", "User", "Last sync"])
        self.table.wait_total(f"{WALLETS} wallets")
        self.table.wait_rows([short(row[0]) for row in rows], lambda row: row["Address"])
        for row, shown in zip(rows, self.table.rows(20)):
            address, network, balance, gas, consolidation, user, synced = row
            self.assertEqual(
                [shown["Network"], Decimal(plain(shown["Balance"])), shown["Gas"],
                 shown["Consolidation"], shown["User"]],
                [network, balance, "Needed" if gas else "", "Needed" if consolidation else "",
                 short(str(user))], address)
            self.assertEqual(shown["Last sync"] == "never", synced is None, address)

    def test_exact_balances(self):
        """Not one digit is lost, at either end."""
        self.table.wait_total(f"{WALLETS} wallets")
        for balance in ("0", "48211907.604417000000000001"):
            self.table.sort("Balance")
            self.table.wait_rows([balance], lambda row: plain(row["Balance"]))
        self.table.open_filter("Balance")
        self.window.find("text", "At least").set_text("0.000000000000000001")
        self.window.find("text", "At most").set_text("0.000000000000000001")
        self.window.click("push button", "Apply")
        self.table.wait_total("1 wallet")
        self.assertEqual(plain(self.table.rows(1)[0]["Balance"]), "0.000000000000000001")

    def test_filters(self):
        self.table.choose("Gas", "Needs gas", key="Down")
        self.table.wait_total(self.count("needs_gas"))
        self.assertEqual({row["Gas"] for row in self.table.rows(5)}, {"Needed"})
        self.table.choose("Gas", "Any gas", key="Up")
        self.table.choose("Consolidation", "Consolidated", key="Down")
        self.table.wait_total(self.count("NOT needs_consolidation"))
        self.table.choose("Network", "tron", "bsc")
        self.table.wait_total(self.count("NOT needs_consolidation AND network IN ('tron', 'bsc')"))
        self.table.search("balance:>1 -network:tron needs:gas")
        self.table.wait_total(self.count("balance > 1 AND network IS DISTINCT FROM 'tron' "
                                         "AND needs_gas"))
        for name in ("Balance: >1", "Network: Not tron", "Gas: Needs gas",
                     "Consolidation: Any consolidation"):
            self.window.find("push button", name)

    def test_search_and_wallet(self):
        [(address,)] = self.site.sql(f"SELECT address FROM user_wallets {NEWEST} LIMIT 1")
        self.table.search(address)
        self.table.wait_total("1 wallet")
        self.table.press(0)
        self.window.key("Return")
        self.window.wait(lambda: self.window.title() == "Wallet", "the wallet")
        self.window.click("push button", "Show in Jobs")
        self.window.wait(lambda: self.window.title() == "Jobs", "the wallet's jobs")
        Table(self.window, "Jobs").wait_total(
            count_of("job", "job_logs", "wallet_address = %s", address))
        self.assertEqual(self.window.find("entry", "Search jobs").text(), f"wallet:{address}")


del ListCase

if __name__ == "__main__":
    window.main()
