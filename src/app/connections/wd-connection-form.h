/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-profile-draft.h"

G_BEGIN_DECLS

#define WD_TYPE_CONNECTION_FORM (wd_connection_form_get_type ())
G_DECLARE_FINAL_TYPE (WdConnectionForm, wd_connection_form, WD, CONNECTION_FORM, GtkWidget)

void wd_connection_form_set_draft (WdConnectionForm *self, WdProfileDraft *draft,
                                   gboolean is_saved);
void wd_connection_form_update (WdConnectionForm *self);
void wd_connection_form_set_keyring (WdConnectionForm *self, gboolean is_reading,
                                     const char *problem);
void wd_connection_form_import (WdConnectionForm *self, GFile *file);

G_END_DECLS
