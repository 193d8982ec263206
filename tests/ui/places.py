# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where each page and each dialog of the window is a stop of a test; see crawl.

A test of the sources holds this list against the classes that there are.
"""

WALK = 'PAGES = ("Overview", "Wallets", "Jobs", "Queues", "Audit", "Charts")'
# Class: which file stops there, and how.
PLACES = {
    "WdAlertsPage": ("test_alerts.py", 'screenshot("alerts")'),
    "WdAuditDialog": ("test_dialogs.py", 'shot(look, "Audit Entry", "audit")'),
    "WdAuditPage": ("test_looks.py", WALK),
    "WdBulkDialog": ("test_bulk.py", 'screenshot("preview")'),
    "WdBulkReport": ("test_bulk.py", 'screenshot("report")'),
    "WdChartsPage": ("test_looks.py", WALK),
    "WdConnectionDialog": ("test_dialogs.py", 'shot(look, "Connection", "connection")'),
    "WdDriftPage": ("test_overview.py", 'screenshot("drift")'),
    "WdErrorsPage": ("test_overview.py", 'screenshot("errors")'),
    "WdHealthLimitsDialog": ("test_alerts.py", 'screenshot("health-limits")'),
    "WdHelpWindow": ("test_dialogs.py", 'shot(look, "Roles and grants", "help")'),
    "WdJobPage": ("test_looks.py", 'take(f"{look}-job")'),
    "WdJobsPage": ("test_looks.py", WALK),
    "WdLimitsDialog": ("test_queues.py", 'screenshot("queue-limits")'),
    "WdMigrationsDialog": ("test_dialogs.py", 'shot(look, "Migrations", "migrations")'),
    "WdOverviewPage": ("test_looks.py", WALK),
    "WdPalette": ("test_dialogs.py", 'shot(look, "Find", "palette")'),
    "WdPreferencesWindow": ("test_dialogs.py", 'shot(look, "Preferences", "preferences")'),
    "WdQueueDialog": ("test_queues.py", 'screenshot("queue-drain")'),
    "WdQueueJobPage": ("test_queues.py", 'screenshot("queue-job")'),
    "WdQueuePage": ("test_queues.py", 'screenshot("queue-page")'),
    "WdQueuesPage": ("test_looks.py", WALK),
    "WdRetryDialog": ("test_dialogs.py", 'shot(look, "Retry Job", "retry")'),
    "WdReviewDialog": ("test_dialogs.py", 'shot(look, "Undelivered Jobs", "review")'),
    "WdRulesDialog": ("test_alerts.py", 'screenshot("alert-rules")'),
    "WdSchedulersDialog": ("test_queues.py", 'screenshot("schedulers")'),
    "WdTriggerDialog": ("test_dialogs.py", 'shot(look, "Trigger Job", "trigger")'),
    "WdWalletPage": ("test_looks.py", 'take(f"{look}-wallet")'),
    "WdWalletsPage": ("test_looks.py", WALK),
    "WdWelcomePage": ("test_connections.py", 'screenshot("connections-welcome")'),
}
# What has no stop of its own: what others are made of, the window, and a list below an entry that
# never has the focus.
PARTS = {"WdActionDialog", "WdListPage", "WdFilterChoices", "WdWindow"}
