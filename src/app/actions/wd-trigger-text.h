/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-job-type.h"
#include "model/wd-outlook.h"

G_BEGIN_DECLS

char *wd_trigger_text_wallet (const WdWallet *wallet);
char *wd_trigger_text_under_way (const WdJob *job);
char *wd_trigger_text_summary (GListModel *subjects, const WdOutlook *outlook);
char *wd_trigger_text_done (const char *job, guint n_done, guint n_undelivered);
char *wd_trigger_text_left_out (guint n_invalid, guint n_left);

G_END_DECLS
