/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-env-file.h"
#include "session/wd-profile-draft.h"

G_BEGIN_DECLS

/**
 * WdImportNote:
 * @taken: whether the variable is in the draft now
 * @name: of the variable
 * @text: what became of it, or why it was left
 *
 * What became of one variable. Neither holds a value that may be secret.
 */
typedef struct {
  gboolean taken;
  char *name;
  char *text;
} WdImportNote;

void       wd_import_note_free (WdImportNote *self);
GPtrArray *wd_env_import (const WdEnvFile *file, WdProfileDraft *draft);

G_END_DECLS
