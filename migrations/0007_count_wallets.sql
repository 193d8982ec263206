-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The triggers of user_wallets.
SET lock_timeout = '3s';
-- statement
SELECT worker_dashboard.attach_counting('user_wallets');
-- statement
SELECT worker_dashboard.close_schema();
-- statement
RESET lock_timeout;
