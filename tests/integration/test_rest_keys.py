#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Orders to a remote dashboard that honours idempotency keys: sent again, and done once."""

import unittest

import rest_case
from rest_case import RestCase

setUpModule = rest_case.set_up_module
NO_CONNECTION = 5


class Keys(RestCase):
    def setUp(self):
        super().setUp()
        self.wallet = self.site.add_wallets(1)[0]
        self.web.keys = True

    def test_keys(self):
        """A server that honours them is sent the same order again: one job, not two."""
        for cut in ("after", "before"):
            self.web.cut = (cut, 2)
            wallet = self.site.add_wallets(1)[0]
            before = len(self.posts())
            document = self.ask("dispatch", "sync", "--wallet", wallet)
            self.assertTrue(document["success"])
            self.assertEqual(self.count(wallet_address=wallet), 1)
            sent = self.posts()[before:]
            self.assertEqual(len(sent), 3)
            self.assertEqual(len({post["headers"]["Idempotency-Key"] for post in sent}), 1)

    def test_refused_while_it_is_not_known(self):
        """That it may not be asked again now says nothing of what was sent before."""
        for switch, value, status in (("retry_after", 1, 0), ("token", "another", NO_CONNECTION)):
            with self.subTest(switch):
                wallet = self.site.add_wallets(1)[0]
                before = len(self.posts())

                def serve(handler, body, plain=type(self.web).serve):
                    sent = len(self.posts()) - before + (body is not None)
                    setattr(self.web, switch, value if sent == 2 else None)
                    plain(self.web, handler, body)

                self.web.cut = ("after", 1)
                self.web.serve = serve
                document = self.ask("dispatch", "sync", "--wallet", wallet, status=status)
                del self.web.serve
                if status == 0:
                    self.assertTrue(document["success"])
                else:
                    self.assertEqual(document["code"], "unknown-outcome")
                self.assertEqual(self.count(wallet_address=wallet), 1)
                self.assertEqual(len(self.posts()) - before, 3 if status == 0 else 2)

    def test_keys_of_retries_and_flags(self):
        """What is sent again under its key is not done again."""
        job = self.site.add_failed_jobs(1)[0]
        self.web.cut = ("after", 1)
        self.assertTrue(self.ask("jobs", "retry", job)["success"])
        self.web.cut = ("after", 1)
        self.assertTrue(self.ask("wallets", "set-flags", self.wallet, "--needs-gas=true")
                        ["wallet"]["needs_gas"])
        self.assertEqual([post["path"] for post in self.posts()],
                         ["/api/jobs/retry"] * 2 + ["/api/wallets/set-flags"] * 2)
        self.assertEqual(len(self.web.known), 2)


if __name__ == "__main__":
    unittest.main()
