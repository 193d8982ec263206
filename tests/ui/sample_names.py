# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the way to sample data and back is called."""

import re

from connection_case import button

EXPLORE = button("Explore with Sample Data")
LEAVE = button("Leave Sample Data")
MARK = re.compile("Sample data: all wallets and jobs are invented.*")
CONNECTED = re.compile("Connection Sample Data, connected")
# On a busy machine all of it takes longer; five on an idle one, as is printed.
LIVE_SECONDS = 40.0
