# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The pages of a window that has data, in any look."""

import re

from fixtures import sample
from fixtures.site import Site
from looks_case import LooksCase

# By the number of their keys.
PAGES = {1: "Overview", 2: "Wallets", 3: "Jobs", 4: "Queues", 5: "Charts", 7: "Audit"}


class PagesCase(LooksCase):
    """Walks through the pages."""

    def walk(self, name, ready, keyboard=False):
        """Takes a picture of each page, once READY finds what it shows."""
        for number, page in PAGES.items():
            self.window.key(f"ctrl+{number}")
            self.window.wait(lambda page=page: self.window.title() == page, page)
            ready(page)
            self.take(f"{name}-{page.lower()}", keyboard=keyboard)

    def check_with_data(self, looks):
        """Takes a picture of each page, and of a job's and a wallet's, in some LOOKS."""
        with Site() as site:
            sample.fill(site, wallets=200, jobs=600, queues=False)
            site.sql("TRUNCATE worker_dashboard.audit")
            assert site.wdctl("wallets", "set-flags", site.add_wallets(1)[0],
                              "--needs-gas=true").status == 0
            [(job,)] = site.sql("SELECT id::text FROM job_logs WHERE status = 'failed' "
                                "AND wallet_address IN (SELECT address FROM user_wallets) LIMIT 1")
            for look in looks:
                with self.subTest(look=look), self.open(look, site, page=f"job:{job}"):
                    self.window.find("push button", re.compile("(_?Retry… )?Retry…"))
                    self.take(f"{look}-job")
                    self.window.click("push button", "Show Wallet")
                    self.window.wait(lambda: self.window.title() == "Wallet", "the wallet")
                    self.window.find("list", "Jobs of this wallet")
                    self.take(f"{look}-wallet")
                    self.walk(look, self.wait_for_data, keyboard=True)

    def wait_for_data(self, page):
        totals = {"Overview": ("push button", "201 wallets"), "Wallets": ("label", "201 wallets"),
                  "Jobs": ("label", "600 jobs"), "Audit": ("label", "1 entry"),
                  "Queues": ("push button", "consolidation: 0 waiting"),
                  "Charts": ("label", "Percentiles are about right, within 5 %.")}
        self.window.find(*totals[page])
