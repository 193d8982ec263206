/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands where the rows of a table would: why there are none, and what to do next. A table
 * that is empty without a reason may be one whose rows the database hides from this role, which it
 * does without an error; so doctor is asked once. */

#include "app/common/wd-table-message.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-format.h"

typedef enum {
  NEXT_RETRY,
  NEXT_CLEAR_FILTERS,
} Next;

struct _WdTableMessage {
  GtkWidget parent_instance;

  Next next;               /* what the first button does */
  gboolean is_empty;       /* it says that there is nothing, and why */
  char *title;             /* (owned) (nullable): shown now, so that the same is not set again */
  char *description;       /* (owned) (nullable): plain text */
  GCancellable *doctor;    /* (owned) (nullable): asked, or was */
  char *hint;              /* (owned) (nullable): what hides rows */

  AdwStatusPage *page;
  GtkWidget *button;
  GtkWidget *action;
};

enum {
  SIGNAL_RETRY,
  SIGNAL_CLEAR_FILTERS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdTableMessage, wd_table_message, GTK_TYPE_WIDGET)

/* An action that is not there, or cannot be done now, needs no button. */
static void
update_action (WdTableMessage *self)
{
  gtk_widget_set_visible (self->action,
                          gtk_actionable_get_action_name (GTK_ACTIONABLE (self->action)) != NULL
                          && gtk_widget_get_sensitive (self->action));
}

static void
set_action (WdTableMessage *self, const char *label, const char *action, const char *target)
{
  g_autoptr (GVariant) value = NULL;

  if (target != NULL)
    value = g_variant_parse (NULL, target, NULL, NULL, NULL);
  gtk_button_set_label (GTK_BUTTON (self->action), label != NULL ? label : "");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->action), value);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->action), action);
  update_action (self);
}

static void
set_text (WdTableMessage *self, const char *icon, const char *title, const char *description)
{
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  if (g_strcmp0 (self->title, title) == 0 && g_strcmp0 (self->description, description) == 0)
    return;
  g_free (self->title);
  g_free (self->description);
  self->title = g_strdup (title);
  self->description = g_strdup (description);
  adw_status_page_set_icon_name (self->page, icon);
  adw_status_page_set_title (self->page, title);
  adw_status_page_set_description (self->page, escaped);
}

static void
set_button (WdTableMessage *self, Next next)
{
  self->next = next;
  gtk_button_set_label (GTK_BUTTON (self->button),
                        next == NEXT_CLEAR_FILTERS ? _("Clear Filters") : _("Try Again"));
}

static void
clicked_cb (WdTableMessage *self)
{
  /* Rows may have been hidden, and be so no more. */
  if (self->doctor != NULL)
    g_cancellable_cancel (self->doctor);
  g_clear_object (&self->doctor);
  g_clear_pointer (&self->hint, g_free);
  g_signal_emit (self, signals[self->next == NEXT_CLEAR_FILTERS ? SIGNAL_CLEAR_FILTERS
                                                                : SIGNAL_RETRY], 0);
}

static void
show_hint (WdTableMessage *self)
{
  set_text (self, "changes-prevent-symbolic", _("No Rows for This Role"), self->hint);
  set_action (self, NULL, NULL, NULL);
}

static char *
find_hint (GPtrArray *checks)
{
  g_autoptr (GString) hint = g_string_new (NULL);

  for (guint i = 0; i < checks->len; i++)
    {
      const WdCheck *check = checks->pdata[i];
      g_autofree char *message = NULL;

      if (g_strcmp0 (check->name, "postgres-row-security") != 0
          || (check->status != WD_CHECK_ERROR && check->status != WD_CHECK_WARNING))
        continue;
      message = wd_format_visible (check->message, 2048);
      g_string_append_printf (hint, "%s%s", hint->len > 0 ? "\n\n" : "", message);
    }
  return hint->len > 0 ? g_string_free (g_steal_pointer (&hint), FALSE) : NULL;
}

static void
doctor_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdTableMessage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) checks = wd_backend_run_doctor_finish (WD_BACKEND (source), result, &error);

  if (checks == NULL)
    return;
  g_free (self->hint);
  self->hint = find_hint (checks);
  if (self->hint != NULL && self->is_empty)
    show_hint (self);
}

static void
wd_table_message_dispose (GObject *object)
{
  WdTableMessage *self = WD_TABLE_MESSAGE (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  if (self->doctor != NULL)
    g_cancellable_cancel (self->doctor);
  if (child != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wd_table_message_parent_class)->dispose (object);
}

static void
wd_table_message_finalize (GObject *object)
{
  WdTableMessage *self = WD_TABLE_MESSAGE (object);

  g_clear_object (&self->doctor);
  g_free (self->title);
  g_free (self->description);
  g_free (self->hint);
  G_OBJECT_CLASS (wd_table_message_parent_class)->finalize (object);
}

static void
wd_table_message_class_init (WdTableMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wd_table_message_dispose;
  object_class->finalize = wd_table_message_finalize;

  signals[SIGNAL_RETRY] =
    g_signal_new ("retry", WD_TYPE_TABLE_MESSAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  signals[SIGNAL_CLEAR_FILTERS] =
    g_signal_new ("clear-filters", WD_TYPE_TABLE_MESSAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/common/wd-table-message.ui");
  gtk_widget_class_bind_template_child (widget_class, WdTableMessage, page);
  gtk_widget_class_bind_template_child (widget_class, WdTableMessage, button);
  gtk_widget_class_bind_template_child (widget_class, WdTableMessage, action);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_action);
}

static void
wd_table_message_init (WdTableMessage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_action (self);
}

/**
 * wd_table_message_show_error:
 * @self: a message
 * @error: why nothing could be read
 */
void
wd_table_message_show_error (WdTableMessage *self, const GError *error)
{
  const char *title = _("Nothing Could Be Read");
  g_autofree char *text = NULL;

  g_return_if_fail (WD_IS_TABLE_MESSAGE (self));
  g_return_if_fail (error != NULL);

  text = wd_format_visible (error->message, 2048);
  if (g_error_matches (error, WD_ERROR, WD_ERROR_NOT_MIGRATED))
    title = _("Not a Platform’s Database");
  else if (g_error_matches (error, WD_ERROR, WD_ERROR_PERMISSION))
    title = _("Not Allowed to Read");
  self->is_empty = FALSE;
  set_text (self, "dialog-error-symbolic", title, text);
  set_button (self, NEXT_RETRY);
  set_action (self, _("Another Connection…"), "win.connect", NULL);
}

/**
 * wd_table_message_show_refused:
 * @self: a message
 * @error: why the filters cannot be asked for
 *
 * The rows of the filters before would look like an answer.
 */
void
wd_table_message_show_refused (WdTableMessage *self, const GError *error)
{
  g_autofree char *text = NULL;

  g_return_if_fail (WD_IS_TABLE_MESSAGE (self));
  g_return_if_fail (error != NULL);

  text = wd_format_visible (error->message, 2048);
  self->is_empty = FALSE;
  set_text (self, "edit-find-symbolic", _("This Cannot Be Looked For Here"), text);
  set_button (self, NEXT_CLEAR_FILTERS);
  set_action (self, NULL, NULL, NULL);
}

/**
 * wd_table_message_show_missing:
 * @self: a message
 * @spec: of the table; static
 *
 * The database has no such table yet.
 */
void
wd_table_message_show_missing (WdTableMessage *self, const WdTableSpec *spec)
{
  g_return_if_fail (WD_IS_TABLE_MESSAGE (self));

  self->is_empty = FALSE;
  set_text (self, spec->empty_icon, _(spec->missing_title), _(spec->missing_description));
  set_button (self, NEXT_RETRY);
  set_action (self, NULL, NULL, NULL);
}

/**
 * wd_table_message_show_no_match:
 * @self: a message
 *
 * There are rows, but none that all filters let through.
 */
void
wd_table_message_show_no_match (WdTableMessage *self)
{
  g_return_if_fail (WD_IS_TABLE_MESSAGE (self));

  self->is_empty = FALSE;
  set_text (self, "edit-find-symbolic", _("Nothing Matches"),
            _("No row fits all filters and the search."));
  set_button (self, NEXT_CLEAR_FILTERS);
  set_action (self, NULL, NULL, NULL);
}

/**
 * wd_table_message_show_nothing_yet:
 * @self: a message
 *
 * A search was stopped before it found anything.
 */
void
wd_table_message_show_nothing_yet (WdTableMessage *self)
{
  g_return_if_fail (WD_IS_TABLE_MESSAGE (self));

  self->is_empty = FALSE;
  set_text (self, "edit-find-symbolic", _("Nothing Found So Far"),
            _("The search was stopped. What it has not looked at may match."));
  set_button (self, NEXT_CLEAR_FILTERS);
  set_action (self, NULL, NULL, NULL);
}

/**
 * wd_table_message_show_empty:
 * @self: a message
 * @spec: of the table; static
 * @backend: who knows whether rows are hidden
 *
 * There are no rows, or none for this role.
 */
void
wd_table_message_show_empty (WdTableMessage *self, const WdTableSpec *spec, WdBackend *backend)
{
  g_return_if_fail (WD_IS_TABLE_MESSAGE (self));
  g_return_if_fail (spec != NULL);

  self->is_empty = TRUE;
  set_button (self, NEXT_RETRY);
  if (self->hint != NULL)
    {
      show_hint (self);
      return;
    }
  set_text (self, spec->empty_icon, _(spec->empty_title), _(spec->empty_description));
  set_action (self, spec->empty_button != NULL ? _(spec->empty_button) : NULL, spec->empty_action,
              spec->empty_target);
  if (self->doctor != NULL)
    return;
  self->doctor = g_cancellable_new ();
  wd_backend_run_doctor_async (backend, FALSE, self->doctor, doctor_cb, g_object_ref (self));
}
