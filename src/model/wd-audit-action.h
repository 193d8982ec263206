/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an entry of the audit trail says was done. Words of the database: never to be changed. */
#define WD_AUDIT_DISPATCH        "dispatch"
#define WD_AUDIT_RETRY           "retry"
#define WD_AUDIT_SEND            "send"
#define WD_AUDIT_DISCARD         "discard"
#define WD_AUDIT_SET_FLAGS       "set-flags"
#define WD_AUDIT_PAUSE           "pause-queue"
#define WD_AUDIT_RESUME          "resume-queue"
#define WD_AUDIT_REQUEUE         "requeue"
#define WD_AUDIT_MARK            "mark"
#define WD_AUDIT_WRITE_ROW       "write-row"
#define WD_AUDIT_REMOVE_ID       "remove-id"
#define WD_AUDIT_PROMOTE         "promote-jobs"
#define WD_AUDIT_CLEAN           "clean-queue"
#define WD_AUDIT_DRAIN           "drain-queue"
#define WD_AUDIT_REMOVE_JOB      "remove-job"
#define WD_AUDIT_UNSCHEDULE      "remove-scheduler"
#define WD_AUDIT_LIMIT           "limit-queue"
#define WD_AUDIT_RUN_BULK        "run-bulk"
#define WD_AUDIT_STOP_BULK       "stop-bulk"
#define WD_AUDIT_DISCARD_BULK    "discard-bulk"
#define WD_AUDIT_SET_SETTING     "set-setting"
#define WD_AUDIT_MIGRATE         "migrate"
#define WD_AUDIT_CREATE_TOKEN    "create-token"
#define WD_AUDIT_REVOKE_TOKEN    "revoke-token"

/* What came of something that an entry before it ordered. */
#define WD_AUDIT_REFUSED         "refused"
#define WD_AUDIT_FOUND_COMPLETED "found-completed"
#define WD_AUDIT_FOUND_DISCARDED "found-discarded"
#define WD_AUDIT_NOT_SENT        "not-sent"
#define WD_AUDIT_NOT_PAUSED      "not-paused"
#define WD_AUDIT_NOT_RESUMED     "not-resumed"
#define WD_AUDIT_NOT_REMOVED     "not-removed"
#define WD_AUDIT_NOT_LIMITED     "not-limited"

/* The same where the answer was lost: nobody knows whether it was done. */
#define WD_AUDIT_PERHAPS_PAUSED  "perhaps-paused"
#define WD_AUDIT_PERHAPS_RESUMED "perhaps-resumed"
#define WD_AUDIT_PERHAPS_REMOVED "perhaps-removed"
#define WD_AUDIT_PERHAPS_LIMITED "perhaps-limited"

const char *const *wd_audit_action_words (void);
const char        *wd_audit_action_label (const char *word);
gboolean           wd_audit_action_is_failure (const char *word);
const char        *wd_audit_action_in_doubt (const char *word);

G_END_DECLS
