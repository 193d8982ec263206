# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where each page and each dialog of the window is a stop of a test; see crawl.

A test of the sources holds this list against the classes that there are.
"""

WALK = 'PAGES = {1: "Overview", 2: "Wallets", 3: "Jobs", 4: "Queues", 5: "Charts", 7: "Audit"}'
# Class: which file stops there, and how.
PLACES = {
    "WdAlertsPage": ("test_alerts.py", 'screenshot("alerts")'),
    "WdAuditDialog": ("test_dialogs.py", 'shot(look, "Audit Entry", "audit")'),
    "WdAuditPage": ("pages_case.py", WALK),
    "WdBulkDialog": ("test_bulk.py", 'screenshot("preview")'),
    "WdBulkReport": ("test_bulk.py", 'screenshot("report")'),
    "WdChartsPage": ("pages_case.py", WALK),
    "WdConnectionDialog": ("test_dialogs.py", 'shot(look, "Connection", "connection")'),
    "WdDriftPage": ("test_overview.py", 'screenshot("drift")'),
    "WdErrorsPage": ("test_overview.py", 'screenshot("errors")'),
    "WdHealthLimitsDialog": ("test_alerts.py", 'screenshot("health-limits")'),
    "WdHelpWindow": ("test_dialogs.py", 'shot(look, "Roles and grants", "help")'),
    "WdJobPage": ("pages_case.py", 'take(f"{look}-job")'),
    "WdJobsPage": ("pages_case.py", WALK),
    "WdLimitsDialog": ("test_queues.py", 'screenshot("queue-limits")'),
    "WdMigrationsDialog": ("test_dialogs.py", 'shot(look, "Migrations", "migrations")'),
    "WdOverviewPage": ("pages_case.py", WALK),
    "WdPalette": ("test_dialogs.py", 'shot(look, "Find", "palette")'),
    "WdPreferencesWindow": ("test_dialogs.py", 'shot(look, "Preferences", "preferences")'),
    "WdQueueDialog": ("test_queues.py", 'screenshot("queue-drain")'),
    "WdQueueJobPage": ("test_queues.py", 'screenshot("queue-job")'),
    "WdQueuePage": ("test_queues.py", 'screenshot("queue-page")'),
    "WdQueuesPage": ("pages_case.py", WALK),
    "WdRetryDialog": ("test_dialogs.py", 'shot(look, "Retry Job", "retry")'),
    "WdReviewDialog": ("test_dialogs.py", 'shot(look, "Undelivered Jobs", "review")'),
    "WdRulesDialog": ("test_alerts.py", 'screenshot("alert-rules")'),
    "WdSchedulersDialog": ("test_queues.py", 'screenshot("schedulers")'),
    "WdTriggerDialog": ("test_dialogs.py", 'shot(look, "Trigger Job", "trigger")'),
    "WdWalletPage": ("pages_case.py", 'take(f"{look}-wallet")'),
    "WdWalletsPage": ("pages_case.py", WALK),
    "WdWelcomePage": ("test_connections.py", 'screenshot("connections-welcome")'),
}
# What has no stop of its own: what others are made of, the window, and a list below an entry that
# never has the focus.
PARTS = {"WdActionDialog", "WdListPage", "WdFilterChoices", "WdWindow"}
# Where each has what is cut told of, in the language of nobody: likewise, see wordy.
WORDY = {
    **{name: ("pages_case.py", stop) for name, (_file, stop) in PLACES.items()
       if stop == WALK or stop.startswith("take(")},
    **{name: ("test_dialogs.py", stop) for name, (file, stop) in PLACES.items()
       if file == "test_dialogs.py"},
    "WdAlertsPage": ("further_places.py", 'take(f"{look}-alerts")'),
    "WdBulkDialog": ("further_places.py", 'shot(look, "Retry Jobs", "bulk")'),
    "WdBulkReport": ("further_places.py", 'shot(look, "Report", "report")'),
    "WdDriftPage": ("further_places.py", 'take(f"{look}-drift")'),
    "WdErrorsPage": ("further_places.py", 'take(f"{look}-errors")'),
    "WdHealthLimitsDialog": ("further_places.py", 'shot(look, "Limits", "health-limits")'),
    "WdLimitsDialog": ("further_places.py", 'shot(look, "Queue Limits", "limits")'),
    "WdQueueDialog": ("further_places.py", 'shot(look, "Drain Queue", "drain")'),
    "WdQueueJobPage": ("further_places.py", 'take(f"{look}-queue-job")'),
    "WdQueuePage": ("further_places.py", 'take(f"{look}-queue")'),
    "WdRulesDialog": ("further_places.py", 'shot(look, "Alert Rules", "rules")'),
    "WdSchedulersDialog": ("further_places.py", 'shot(look, "Schedulers", "schedulers")'),
    "WdWelcomePage": ("further_places.py", 'take("wordy-narrow-welcome")'),
}
_MENUS = "menus.py"
# What comes up: the source in which it stands, and the stop of each one in it.
POPOVERS = {
    "alerts/wd-alert-card.ui": [("test_alerts.py", 'screenshot("alert-snooze")')],
    "common/wd-filter-bar.ui": [("test_everyday.py", 'screenshot("filters-folded")')],
    "common/wd-filter-button.ui": [(_MENUS, '"Status"')],
    "common/wd-range-filter.ui": [(_MENUS, '"Created"')],
    "common/wd-sidebar-row.c": [(_MENUS, '"menu-view"')],
    "common/wd-table-menu.c": [(_MENUS, '"menu-rows"')],
    "common/wd-table.ui": [(_MENUS, f'"{name}"')
                           for name in ("Go to a Time", "Sort By", "Columns", "Views")],
    "errors/wd-error-row.ui": [("test_overview.py", 'screenshot("errors-menu")')],
    "queues/wd-queue-card.ui": [(_MENUS, '"Actions of consolidation"')],
    "wallets/wd-wallet-actions.ui": [(_MENUS, f'"{name}"')
                                     for name in ("All Matching", "Trigger", "Flags")],
    "wd-connection-header.ui": [("test_connections.py", 'screenshot("connections-menu")')],
    "wd-window.ui": [(_MENUS, '"Main menu"')],
}
# What is asked: the source that does, and a stop before an answer.
QUESTIONS = {
    "actions/wd-action-dialog-run.c": ("test_safety.py", 'screenshot("production-question")'),
    "actions/wd-flag-editor.c": ("test_safety.py", 'screenshot("flags-question")'),
    "actions/wd-review-dialog.c": ("test_review.py", 'screenshot("review-send")'),
    "bulk/wd-bulk-question.c": ("test_bulk.py", "screenshot(picture)"),
    "bulk/wd-bulk-row.c": ("test_bulk.py", 'screenshot("stop")'),
    "connections/wd-connection-delete.c": ("test_connections.py",
                                           'screenshot("connections-delete")'),
    "connections/wd-migrations-dialog.c": ("test_connections.py",
                                           'screenshot("connections-migrations-confirm")'),
    "drift/wd-drift-mend.c": ("test_overview.py", 'screenshot("drift-question")'),
    "queues/wd-limits-dialog.c": ("test_queues.py", 'screenshot("queue-question")'),
    "queues/wd-queue-dialog.c": ("test_queues.py", 'screenshot("queue-question")'),
    "queues/wd-queues-page.c": ("test_overview.py",
                                'screenshot(f"queue-{button.lower()}-question")'),
    "queues/wd-scheduler-removal.c": ("test_queues.py", 'screenshot("scheduler-remove")'),
    "views/wd-view-import.c": ("test_views.py", 'screenshot("views-import"'),
    "views/wd-view-name.c": ("test_views.py", 'screenshot("view-name")'),
    "wd-window-bulk.c": ("test_bulk.py", 'screenshot("quit")'),
    "wd-window-connections.c": ("test_connections.py", 'screenshot("connections-problem")'),
    "wd-window-export.c": ("test_export.py", 'screenshot("export-format")'),
    "wd-window-view-actions.c": ("test_views.py", 'screenshot("view-delete")'),
}
