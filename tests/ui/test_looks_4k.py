#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every page on the largest of screens, of which pictures take long."""

import window as harness
from pages_case import PagesCase


class LargePages(PagesCase):
    """The pages, with data."""

    def test_with_data(self):
        self.check_with_data(["wordy-4k"])


if __name__ == "__main__":
    harness.main("3900x2200")
