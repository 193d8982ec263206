/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/wd-profile-draft.h"

G_BEGIN_DECLS

#define WD_TYPE_REMOTE_GROUP (wd_remote_group_get_type ())
G_DECLARE_FINAL_TYPE (WdRemoteGroup, wd_remote_group, WD, REMOTE_GROUP, AdwPreferencesGroup)

void wd_remote_group_set_draft (WdRemoteGroup *self, WdProfileDraft *draft);
void wd_remote_group_update (WdRemoteGroup *self);
void wd_remote_group_set_keyring (WdRemoteGroup *self, gboolean is_reading, const char *problem);

G_END_DECLS
