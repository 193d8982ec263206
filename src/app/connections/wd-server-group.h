/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/wd-profile-draft.h"

G_BEGIN_DECLS

#define WD_TYPE_SERVER_GROUP (wd_server_group_get_type ())
G_DECLARE_FINAL_TYPE (WdServerGroup, wd_server_group, WD, SERVER_GROUP, AdwPreferencesGroup)

void wd_server_group_set_draft (WdServerGroup *self, WdProfileDraft *draft, WdSecretKind kind);
void wd_server_group_update (WdServerGroup *self);
void wd_server_group_set_keyring (WdServerGroup *self, gboolean is_reading, const char *problem);

G_END_DECLS
