/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells what a file of views would bring, view by view, and asks whether it may. Nothing that is
 * there is written over unless that was said. */

#include "app/views/wd-view-import.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/common/wd-message-dialog.h"
#include "base/wd-format.h"
#include "session/wd-saved-view-edit.h"

#define LINE_HEIGHT 60

typedef struct {
  GKeyFile *file;            /* (owned) */
  GPtrArray *fresh;          /* (owned) (element-type utf8): names that are free */
  GPtrArray *taken;          /* (owned) (element-type utf8): names that are not */
  GPtrArray *lines;          /* (owned) (element-type utf8): one for each view */
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  g_key_file_unref (import->file);
  g_ptr_array_unref (import->fresh);
  g_ptr_array_unref (import->taken);
  g_ptr_array_unref (import->lines);
  g_free (import);
}

static void
add_line (Import *import, const char *name, const char *what)
{
  g_autofree char *shown = wd_format_visible (name, 64);
  g_autofree char *reason = wd_format_visible (what, 256);

  /* TRANSLATORS: the name of a view, and what is to be said of it */
  g_ptr_array_add (import->lines, g_strdup_printf (_("“%s”: %s"), shown, reason));
}

/* One whose filter this version does not understand is taken, and says so where it stands. */
static void
sort_out (Import *import, WdSavedViews *views, WdSavedView *view)
{
  const char *name = wd_saved_view_get_name (view);
  const char *problem = wd_saved_view_get_problem (view);
  WdSavedView *mine = wd_saved_views_find (views, name, NULL);
  g_autofree char *refusal = NULL;

  if (wd_saved_view_get_page (view) == NULL)
    {
      refusal = g_strdup_printf (_("refused. %s"), problem);
      add_line (import, name, refusal);
      return;
    }
  if (mine != NULL && wd_saved_view_equal (mine, view))
    {
      add_line (import, name, _("there already, and the same"));
      return;
    }
  if (mine != NULL)
    add_line (import, name, _("there is another view of that name"));
  else
    add_line (import, name, problem != NULL ? problem : _("new"));
  g_ptr_array_add (mine != NULL ? import->taken : import->fresh, g_strdup (name));
}

static void
take_all (char *name, GPtrArray *names)
{
  g_ptr_array_add (names, g_strdup (name));
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, GTask *task)
{
  Import *import = g_task_get_task_data (task);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  gboolean replace = g_strcmp0 (response, "replace") == 0;

  if (replace || g_strcmp0 (response, "new") == 0)
    g_ptr_array_foreach (import->fresh, (GFunc) take_all, names);
  if (replace)
    g_ptr_array_foreach (import->taken, (GFunc) take_all, names);
  g_ptr_array_add (names, NULL);
  g_task_return_pointer (task, g_ptr_array_free (names, FALSE), (GDestroyNotify) g_strfreev);
  g_object_unref (task);
}

static void
add_responses (AdwMessageDialog *dialog, const Import *import)
{
  adw_message_dialog_add_response (dialog, "cancel",
                                   import->fresh->len + import->taken->len > 0 ? _("_Cancel")
                                                                               : _("_Close"));
  if (import->fresh->len > 0)
    {
      adw_message_dialog_add_response (dialog, "new", import->taken->len > 0 ? _("_New Ones Only")
                                                                             : _("_Import"));
      adw_message_dialog_set_response_appearance (dialog, "new", ADW_RESPONSE_SUGGESTED);
      adw_message_dialog_set_default_response (dialog, "new");
    }
  if (import->taken->len > 0)
    {
      adw_message_dialog_add_response (dialog, "replace", _("_Replace Mine"));
      adw_message_dialog_set_response_appearance (dialog, "replace", ADW_RESPONSE_DESTRUCTIVE);
    }
  adw_message_dialog_set_close_response (dialog, "cancel");
}

static GtkWidget *
make_list (const Import *import)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (guint i = 0; i < import->lines->len; i++)
    {
      GtkWidget *label = gtk_label_new (import->lines->pdata[i]);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  /* What wraps does not know yet how high it will be. */
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller),
                                              (int) MIN (import->lines->len, 4) * LINE_HEIGHT);
  gtk_widget_set_focusable (scroller, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Views in the file"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  return scroller;
}

/**
 * wd_view_import_ask_async:
 * @parent: whose question it is
 * @views: those that are there
 * @file: of wd_saved_view_read_finish()
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_view_import_ask_async (GtkWindow *parent, WdSavedViews *views, GKeyFile *file,
                          GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (parent, NULL, callback, data);
  Import *import = g_new0 (Import, 1);
  g_autoptr (GPtrArray) found = wd_saved_view_edit_list (file);
  AdwMessageDialog *dialog;
  guint n;

  import->file = g_key_file_ref (file);
  import->fresh = g_ptr_array_new_with_free_func (g_free);
  import->taken = g_ptr_array_new_with_free_func (g_free);
  import->lines = g_ptr_array_new_with_free_func (g_free);
  g_task_set_source_tag (task, wd_view_import_ask_async);
  g_task_set_task_data (task, import, import_free);
  for (guint i = 0; i < found->len; i++)
    sort_out (import, views, found->pdata[i]);
  n = import->fresh->len + import->taken->len;
  dialog = ADW_MESSAGE_DIALOG (wd_message_dialog_new (
    parent, n > 0 ? _("Import Views?") : _("There Is Nothing to Import"), NULL));
  gtk_window_set_title (GTK_WINDOW (dialog), _("Import Views"));
  add_responses (dialog, import);
  adw_message_dialog_set_extra_child (dialog, make_list (import));
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * wd_view_import_ask_finish:
 * @result: of the question
 * @file: (out) (transfer full): has the views
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of those to take over
 */
char **
wd_view_import_ask_finish (GAsyncResult *result, GKeyFile **file)
{
  const Import *import = g_task_get_task_data (G_TASK (result));

  *file = g_key_file_ref (import->file);
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
