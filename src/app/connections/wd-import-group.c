/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What became of each variable of a `.env`. */

#include "app/connections/wd-import-group.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "base/wd-format.h"
#include "session/wd-env-import.h"

struct _WdImportGroup {
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows;      /* (owned) (element-type GtkWidget) */
};

G_DEFINE_FINAL_TYPE (WdImportGroup, wd_import_group, ADW_TYPE_PREFERENCES_GROUP)

static void
wd_import_group_finalize (GObject *object)
{
  g_ptr_array_unref (WD_IMPORT_GROUP (object)->rows);
  G_OBJECT_CLASS (wd_import_group_parent_class)->finalize (object);
}

static void
wd_import_group_class_init (WdImportGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_import_group_finalize;
}

static void
wd_import_group_init (WdImportGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static GtkWidget *
make_row (const WdImportNote *note)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *word = gtk_label_new (note->taken ? _("Taken Over") : _("Not Taken Over"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), note->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), note->text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (word, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (word, "badge");
  wd_tone_set (word, note->taken ? WD_TONE_OK : WD_TONE_CAUTION);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), word);
  return row;
}

/**
 * wd_import_group_show:
 * @self: a group
 * @file_name: for people
 * @notes: (element-type WdImportNote): what wd_env_import() said
 */
void
wd_import_group_show (WdImportGroup *self, const char *file_name, GPtrArray *notes)
{
  g_autofree char *name = wd_format_visible (file_name, 128);
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  g_return_if_fail (WD_IS_IMPORT_GROUP (self));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < notes->len; i++)
    {
      GtkWidget *row = make_row (notes->pdata[i]);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
    }
  /* TRANSLATORS: %s is the name of a file */
  text = g_strdup_printf (notes->len > 0 ? _("From “%s”") : _("Nothing in “%s” names a server"),
                          name);
  escaped = g_markup_escape_text (text, -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), escaped);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}
