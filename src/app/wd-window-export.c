/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From the list that is shown to a file. */

#include <glib/gi18n-lib.h>

#include "app/common/wd-confirm.h"
#include "app/common/wd-file-chooser.h"
#include "app/common/wd-list-page.h"
#include "app/common/wd-message-dialog.h"
#include "app/common/wd-text.h"
#include "app/wd-folder.h"
#include "app/wd-window-private.h"
#include "base/wd-error.h"

typedef struct {
  WdWindow *window;          /* (owned) */
  WdBackend *backend;        /* (owned): of the connection that was shown */
  WdExportRequest *request;  /* (owned) */
  WdExportFormat format;
} Choice;

static const struct {
  const char *title;
  const char *name;          /* of the file */
} kinds[] = {
  [WD_EXPORT_JOBS] = { N_("Export Jobs"), "jobs" },
  [WD_EXPORT_WALLETS] = { N_("Export Wallets"), "wallets" },
  [WD_EXPORT_AUDIT] = { N_("Export Audit Trail"), "audit" },
  [WD_EXPORT_BULK] = { N_("Save Report"), "report" },
};

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_object_unref (choice->window);
  g_object_unref (choice->backend);
  wd_export_request_free (choice->request);
  g_free (choice);
}

static WdListPage *
get_list_page (WdWindow *self)
{
  GtkWidget *page = self->workspace != NULL ? gtk_stack_get_visible_child (self->stack) : NULL;

  return WD_IS_LIST_PAGE (page) ? WD_LIST_PAGE (page) : NULL;
}

/* While the file was chosen the window may have gone, or another export have begun. */
static void
file_chosen_cb (GFile *file, gpointer data)
{
  Choice *choice = data;
  WdWindow *self = choice->window;
  g_autoptr (WdExport) export = NULL;

  if (file == NULL || self->connections == NULL || wd_export_bar_is_running (self->export))
    return;
  if (g_file_peek_path (file) == NULL)
    {
      wd_window_toast (self, _("Only a folder of this computer can be exported to"));
      return;
    }
  export = wd_export_new (choice->backend, choice->request, choice->format);
  wd_export_bar_run (self->export, export, file);
  wd_window_update (self);
}

static void
choose_file (Choice *choice)
{
  const char *word = wd_export_format_to_string (choice->format);
  g_autofree char *pattern = g_strconcat ("*.", word, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf ("%s%s-%s.%s",
                                           wd_window_is_sample (choice->window) ? "sample-" : "",
                                           kinds[choice->request->kind].name, day, word);
  const char *const patterns[] = { pattern, NULL };
  const WdFileChooserSpec spec = {
    .title = _(kinds[choice->request->kind].title),
    .accept = _("_Export"),
    .filter_name = choice->format == WD_EXPORT_CSV ? _("CSV") : _("JSON Lines"),
    .patterns = patterns,
  };

  wd_file_chooser_save (GTK_WIDGET (choice->window), &spec, name, file_chosen_cb, choice,
                        choice_free);
}

static void
format_chosen_cb (AdwMessageDialog *dialog, const char *response, Choice *choice)
{
  if (wd_export_format_from_string (response, &choice->format))
    choose_file (choice);
  else
    choice_free (choice);
}

static char *
describe (WdListPage *page)
{
  gboolean is_exact;
  gint64 total = wd_list_page_get_total (page, &is_exact);
  g_autofree char *count = wd_text_count (total);

  if (total < 0)
    return g_strdup (_("Every row that the filters let through is written."));
  if (is_exact)
    return g_strdup_printf (ngettext ("The %s row that the filters let through is written.",
                                      "All %s rows that the filters let through are written.",
                                      (gulong) total), count);
  return g_strdup_printf (_("The rows that the filters let through are written, about %s of "
                            "them."), count);
}

/* Takes @request. */
static void
ask_format (WdWindow *self, WdBackend *backend, WdExportRequest *request, const char *what)
{
  const char *title = _(kinds[request->kind].title);
  g_autofree char *body
    = g_strdup_printf (_("%s CSV opens in spreadsheets, JSON Lines keeps every value exactly as it "
                         "is."), what);
  Choice *choice = g_new0 (Choice, 1);
  AdwMessageDialog *dialog;

  choice->window = g_object_ref (self);
  choice->backend = g_object_ref (backend);
  choice->request = request;
  dialog = ADW_MESSAGE_DIALOG (wd_message_dialog_new (GTK_WINDOW (self), title, body));
  gtk_window_set_title (GTK_WINDOW (dialog), title);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "jsonl", _("_JSON Lines…"),
                                    "csv", _("CS_V…"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "csv", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "csv");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (format_chosen_cb), choice);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  WdListPage *page = get_list_page (self);
  WdExportRequest *request = page != NULL && wd_window_check_filter (self, page)
                               ? wd_list_page_make_export (page) : NULL;
  g_autofree char *what = NULL;

  if (request == NULL || wd_export_bar_is_running (self->export))
    {
      wd_export_request_free (request);
      return;
    }
  what = describe (page);
  ask_format (self, wd_workspace_get_backend (self->workspace), request, what);
}

/**
 * wd_window_save_report:
 * @self: a window
 * @backend: whose run
 * @run_id: of a bulk run
 *
 * Asks for a file, and writes every item of the run to it.
 */
void
wd_window_save_report (WdWindow *self, WdBackend *backend, const char *run_id)
{
  g_return_if_fail (WD_IS_WINDOW (self));

  if (wd_export_bar_is_running (self->export))
    wd_window_toast (self, _("Another file is being written; save the report after it"));
  else
    ask_format (self, backend, wd_export_request_new_bulk (run_id),
                _("Every job or wallet of the run is written, with what became of it."));
}

static void
show_folder_action (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (target, NULL));

  wd_folder_show (GTK_WINDOW (widget), file);
}

static void
tell_success (WdWindow *self, WdExport *export, GFile *file)
{
  gint64 n_rows = wd_export_get_rows (export);
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *name = g_filename_display_basename (g_file_peek_path (file));
  g_autofree char *count = wd_text_count (n_rows);
  g_autofree char *text = g_strdup_printf (ngettext ("%s row written to “%s”",
                                                     "%s rows written to “%s”",
                                                     (gulong) n_rows), count, name);
  AdwToast *toast = wd_window_toast (self, text);

  adw_toast_set_button_label (toast, _("Open Folder"));
  adw_toast_set_action_target_value (toast, g_variant_new_string (uri));
  adw_toast_set_action_name (toast, "win.show-folder");
}

/* What was there under that name before is not touched: it need not be looked for. */
static void
tell_failure (WdWindow *self, WdExport *export, GFile *file, const GError *error)
{
  gint64 n_rows = wd_export_get_rows (export);
  g_autofree char *name = g_filename_display_basename (g_file_peek_path (file));
  g_autofree char *heading = g_strdup_printf (_("“%s” Was Not Written"), name);
  g_autofree char *count = wd_text_count (n_rows);
  g_autofree char *how_far = g_strdup_printf (
    ngettext ("The export ended after %s row, and nothing of it was kept.",
              "The export ended after %s rows, and nothing of it was kept.", (gulong) n_rows),
    count);
  g_autofree char *body = g_strdup_printf ("%s\n\n%s", error->message, how_far);

  wd_confirm_tell (GTK_WINDOW (self), heading, body);
}

/* For the template. */
void
wd_window_export_ended_cb (WdWindow *self, WdExport *export, GFile *file, const GError *error)
{
  if (error == NULL)
    tell_success (self, export, file);
  else if (wd_error_is_cancelled (error))
    {
      g_autofree char *name = g_filename_display_basename (g_file_peek_path (file));
      g_autofree char *text = g_strdup_printf (_("Export stopped, “%s” was not written"), name);

      wd_window_toast (self, text);
    }
  else
    tell_failure (self, export, file, error);
  wd_window_update (self);
}

void
wd_window_install_export_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "win.show-folder", "s", show_folder_action);
}

/* Neither is cut off by the desktop without a question. */
static void
update_inhibition (WdWindow *self)
{
  const char *reason = wd_bulk_bar_holds (self->bulk) ? _("A bulk run is under way")
                       : wd_export_bar_is_running (self->export) ? _("A file is being written")
                                                                 : NULL;

  if (reason == NULL)
    g_clear_pointer (&self->inhibition, wd_inhibition_free);
  else if (self->inhibition == NULL)
    self->inhibition = wd_inhibition_new (reason);
}

void
wd_window_update_export (WdWindow *self)
{
  wd_window_enable (self, "win.export",
                    get_list_page (self) != NULL && !wd_export_bar_is_running (self->export));
  update_inhibition (self);
}

/**
 * wd_window_is_busy:
 * @self: a window
 *
 * Returns: whether a file is being written, a bulk run is worked on here or an order carried out,
 *   so that it has to be closed before the program may end
 */
gboolean
wd_window_is_busy (WdWindow *self)
{
  g_return_val_if_fail (WD_IS_WINDOW (self), FALSE);

  return wd_export_bar_is_running (self->export) || wd_window_has_to_stay (self);
}
