/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-profile.h"

G_BEGIN_DECLS

/**
 * WdConfirmSpec:
 * @heading: the question
 * @body: what will happen, and what cannot be taken back
 * @action: what the button says, with its mnemonic
 * @destructive: whether the button is red
 * @typed: (nullable): what has to be typed before the button can be pressed
 *
 * What to ask. All texts are plain.
 */
typedef struct {
  const char *heading;
  const char *body;
  const char *action;
  gboolean destructive;
  const char *typed;
} WdConfirmSpec;

void     wd_confirm_async (GtkWindow *parent, const WdConfirmSpec *spec, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data);
gboolean wd_confirm_finish (GAsyncResult *result, GError **error);
void     wd_confirm_tell (GtkWindow *parent, const char *heading, const char *body);
void     wd_confirm_discard (GtkWindow *window);
char    *wd_confirm_number (guint n_subjects);
GError  *wd_confirm_error_changed (void);

G_END_DECLS
