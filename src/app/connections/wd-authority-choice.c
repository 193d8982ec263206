/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Lets a person choose a file of certificates. To a program in a sandbox such a file is only lent,
 * and is copied. */

#include "app/connections/wd-authority-choice.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-file-chooser.h"
#include "session/wd-authority-copy.h"
#include "session/wd-sandbox.h"

typedef struct {
  WdAuthorityFunc func;
  gpointer data;
  GDestroyNotify destroy;       /* (nullable) */
  gboolean copying;
} Choice;

static void
choice_free (Choice *choice)
{
  if (choice->destroy != NULL)
    choice->destroy (choice->data);
  g_free (choice);
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Choice *choice = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = wd_authority_copy_finish (G_FILE (source), result, &error);

  choice->func (G_FILE (source), path, error, choice->data);
  choice_free (choice);
}

static void
chosen_cb (GFile *file, gpointer data)
{
  Choice *choice = data;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path == NULL)
    return;
  choice->copying = wd_sandbox_get_id () != NULL;
  if (choice->copying)
    wd_authority_copy_async (file, NULL, copied_cb, choice);
  else
    choice->func (file, path, NULL, choice->data);
}

static void
closed_cb (gpointer data)
{
  Choice *choice = data;

  if (!choice->copying)
    choice_free (choice);
}

/**
 * wd_authority_choose:
 * @widget: whose window is to be in front of
 * @func: (scope notified): called once where a file was chosen
 * @data: for @func
 * @destroy: (nullable): frees @data
 *
 * Asks for a file of certificates.
 */
void
wd_authority_choose (GtkWidget *widget, WdAuthorityFunc func, gpointer data,
                     GDestroyNotify destroy)
{
  const char *const patterns[] = { "*.pem", "*.crt", "*.cer", NULL };
  const WdFileChooserSpec spec = {
    _("Certificate Authority"), _("_Choose"), _("Certificates"), patterns,
  };
  Choice *choice = g_new0 (Choice, 1);

  choice->func = func;
  choice->data = data;
  choice->destroy = destroy;
  wd_file_chooser_open (widget, &spec, chosen_cb, choice, closed_cb);
}
