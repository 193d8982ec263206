/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/actions/wd-action-dialog.h"

G_BEGIN_DECLS

#define WD_TYPE_RETRY_DIALOG (wd_retry_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WdRetryDialog, wd_retry_dialog, WD, RETRY_DIALOG, WdActionDialog)

WdRetryDialog *wd_retry_dialog_new (WdWindow *window, WdWorkspace *workspace,
                                    const char *const *ids);

G_END_DECLS
