/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/actions/wd-action-dialog.h"

G_BEGIN_DECLS

#define WD_TYPE_TRIGGER_DIALOG (wd_trigger_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WdTriggerDialog, wd_trigger_dialog, WD, TRIGGER_DIALOG, WdActionDialog)

WdTriggerDialog *wd_trigger_dialog_new (WdWindow *window, WdWorkspace *workspace,
                                        const char *job_type, const char *const *addresses);

G_END_DECLS
