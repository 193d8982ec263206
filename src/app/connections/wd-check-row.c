/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One of doctor's findings: how it stands, in a word and an icon, and what mends it. */

#include "app/connections/wd-check-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-text.h"

struct _WdCheckRow {
  AdwPreferencesRow parent_instance;

  char *statement;      /* (owned) (nullable) */

  GtkImage *icon;
  GtkLabel *word;
  GtkLabel *message;
  GtkWidget *remedy_box;
  GtkLabel *remedy;
  GtkWidget *copy;
  GtkLabel *rest;
};

G_DEFINE_FINAL_TYPE (WdCheckRow, wd_check_row, ADW_TYPE_PREFERENCES_ROW)

static void
copy_cb (WdCheckRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->statement);
}

static void
wd_check_row_finalize (GObject *object)
{
  g_free (WD_CHECK_ROW (object)->statement);
  G_OBJECT_CLASS (wd_check_row_parent_class)->finalize (object);
}

static void
wd_check_row_class_init (WdCheckRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_check_row_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/connections/wd-check-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WdCheckRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WdCheckRow, word);
  gtk_widget_class_bind_template_child (widget_class, WdCheckRow, message);
  gtk_widget_class_bind_template_child (widget_class, WdCheckRow, remedy_box);
  gtk_widget_class_bind_template_child (widget_class, WdCheckRow, remedy);
  gtk_widget_class_bind_template_child (widget_class, WdCheckRow, copy);
  gtk_widget_class_bind_template_child (widget_class, WdCheckRow, rest);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
wd_check_row_init (WdCheckRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_status (WdCheckRow *self, WdCheckStatus status)
{
  static const struct {
    const char *word;
    const char *tone;
    const char *icon;
  } looks[] = {
    [WD_CHECK_OK] = { N_("OK"), WD_TONE_OK, "object-select-symbolic" },
    [WD_CHECK_WARNING] = { N_("Warning"), WD_TONE_CAUTION, "dialog-warning-symbolic" },
    [WD_CHECK_ERROR] = { N_("Error"), WD_TONE_WRONG, "dialog-error-symbolic" },
    [WD_CHECK_UNKNOWN] = { N_("Unknown"), NULL, "dialog-question-symbolic" },
  };

  gtk_label_set_text (self->word, g_dgettext (GETTEXT_PACKAGE, looks[status].word));
  gtk_image_set_from_icon_name (self->icon, looks[status].icon);
  wd_tone_set (GTK_WIDGET (self->word), looks[status].tone);
  wd_tone_set (GTK_WIDGET (self->icon), looks[status].tone);
}

/* The statement stands in the middle of the message: what leads to it, it, and what follows. */
static void
set_message (WdCheckRow *self, const WdCheck *check)
{
  const char *advices[] = {
    [WD_CHECK_MIGRATE] = _("“Show Migrations…” applies them."),
    [WD_CHECK_SEND] = _("“Undelivered Jobs” shows them, once this connection is open."),
  };
  g_autofree char *message = wd_check_dup_message (check, advices);
  const char *found = check->remedy != NULL ? strstr (message, check->remedy) : NULL;
  gsize length = found != NULL ? (gsize) (found - message) : strlen (message);
  g_autofree char *before = g_strndup (message, length);
  g_autofree char *visible = wd_text_block (g_strstrip (before));
  g_autofree char *after = g_strdup (found != NULL ? found + strlen (check->remedy) : "");
  g_autofree char *statement = NULL;
  g_autofree char *rest = NULL;

  gtk_label_set_text (self->message, visible);
  gtk_widget_set_visible (self->remedy_box, found != NULL);
  if (found == NULL)
    return;
  self->statement = g_strdup (check->remedy);
  statement = wd_text_block (check->remedy);
  gtk_label_set_text (self->remedy, statement);
  rest = wd_text_block (g_strstrip (after) + strspn (after, ".,;: "));
  gtk_label_set_text (self->rest, rest);
  gtk_widget_set_visible (GTK_WIDGET (self->rest), *rest != '\0');
}

/**
 * wd_check_row_new:
 * @check: a finding
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
wd_check_row_new (const WdCheck *check)
{
  WdCheckRow *self = g_object_new (WD_TYPE_CHECK_ROW, NULL);
  g_autofree char *name = NULL;

  set_status (self, check->status);
  set_message (self, check);
  /* TRANSLATORS: accessible name of a finding: how it stands, then what was found */
  name = g_strdup_printf (_("%s: %s"), gtk_label_get_text (self->word),
                          gtk_label_get_text (self->message));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}
