/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/common/wd-file-chooser.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GtkFileChooserNative *native;   /* (owned) */
  WdFileChooserFunc func;
  gpointer data;
  GDestroyNotify destroy;         /* (nullable) */
} Choice;

static void
response_cb (GtkNativeDialog *native, int response, gpointer data)
{
  Choice *choice = data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (native));
  choice->func (file, choice->data);
  if (choice->destroy != NULL)
    choice->destroy (choice->data);
  gtk_native_dialog_destroy (native);
  g_object_unref (choice->native);
  g_free (choice);
}

static void
add_filter (GtkFileChooser *chooser, const WdFileChooserSpec *spec)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, spec->filter_name);
  for (const char *const *pattern = spec->patterns; *pattern != NULL; pattern++)
    gtk_file_filter_add_pattern (filter, *pattern);
  gtk_file_chooser_add_filter (chooser, filter);
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, all);
}

static void
choose (GtkWidget *widget, GtkFileChooserAction action, const WdFileChooserSpec *spec,
        const char *name, WdFileChooserFunc func, gpointer data, GDestroyNotify destroy)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->native =
    gtk_file_chooser_native_new (spec->title, GTK_WINDOW (gtk_widget_get_root (widget)), action,
                                 spec->accept, _("_Cancel"));
  choice->func = func;
  choice->data = data;
  choice->destroy = destroy;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (choice->native), TRUE);
  if (spec->patterns != NULL)
    add_filter (GTK_FILE_CHOOSER (choice->native), spec);
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (choice->native), name);
  g_signal_connect (choice->native, "response", G_CALLBACK (response_cb), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (choice->native));
}

/**
 * wd_file_chooser_open:
 * @widget: whose window is to be in front of
 * @spec: what to choose
 * @func: (scope notified): called once
 * @data: for @func
 * @destroy: (nullable): frees @data
 *
 * Asks for one file that exists.
 */
void
wd_file_chooser_open (GtkWidget *widget, const WdFileChooserSpec *spec, WdFileChooserFunc func,
                      gpointer data, GDestroyNotify destroy)
{
  choose (widget, GTK_FILE_CHOOSER_ACTION_OPEN, spec, NULL, func, data, destroy);
}

/**
 * wd_file_chooser_save:
 * @widget: whose window is to be in front of
 * @spec: what to choose
 * @name: what the file is called unless somebody knows better
 * @func: (scope notified): called once
 * @data: for @func
 * @destroy: (nullable): frees @data
 *
 * Asks for a file to write; whether to replace one that exists was asked then, too.
 */
void
wd_file_chooser_save (GtkWidget *widget, const WdFileChooserSpec *spec, const char *name,
                      WdFileChooserFunc func, gpointer data, GDestroyNotify destroy)
{
  choose (widget, GTK_FILE_CHOOSER_ACTION_SAVE, spec, name, func, data, destroy);
}
