/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One migration: its name, how it stands, and its SQL once somebody wants to read it. */

#include "app/connections/wd-migration-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-text-block.h"
#include "app/common/wd-text.h"

#define SQL_HEIGHT_MAX 320

struct _WdMigrationRow {
  AdwExpanderRow parent_instance;

  char *sql;            /* (owned) (nullable): until it is shown */
  GtkLabel *word;
  GtkWidget *check;     /* (nullable): of an optional one */
};

enum {
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdMigrationRow, wd_migration_row, ADW_TYPE_EXPANDER_ROW)

/* The text is made when it is first looked at: all of them together are a thousand lines. */
static void
expanded_cb (WdMigrationRow *self)
{
  GtkWidget *scroller;
  WdTextBlock *block;
  g_autofree char *text = NULL;

  if (self->sql == NULL || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;
  block = g_object_new (WD_TYPE_TEXT_BLOCK, NULL);
  scroller = gtk_scrolled_window_new ();
  text = wd_text_block (self->sql);
  wd_text_block_set_name (block, _("SQL of the migration"));
  wd_text_block_set_text (block, text);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (block));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), SQL_HEIGHT_MAX);
  gtk_widget_add_css_class (scroller, "migration-sql");
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), scroller);
  g_clear_pointer (&self->sql, g_free);
}

static void
wd_migration_row_finalize (GObject *object)
{
  g_free (WD_MIGRATION_ROW (object)->sql);
  G_OBJECT_CLASS (wd_migration_row_parent_class)->finalize (object);
}

static void
wd_migration_row_class_init (WdMigrationRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_migration_row_finalize;

  /* Somebody wants an optional migration, or does not any more. */
  signals[SIGNAL_CHOSEN] =
    g_signal_new ("chosen", WD_TYPE_MIGRATION_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
wd_migration_row_init (WdMigrationRow *self)
{
  self->word = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_valign (GTK_WIDGET (self->word), GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (GTK_WIDGET (self->word), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self->word), "badge");
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->word));
  g_signal_connect (self, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
}

/* Returns: (transfer full): what the file says of itself: its first comment after the licence */
static char *
dup_purpose (const char *sql)
{
  g_auto (GStrv) lines = g_strsplit (sql != NULL ? sql : "", "\n", 40);
  g_autoptr (GString) text = g_string_new (NULL);

  for (char **line = lines; *line != NULL; line++)
    {
      const char *words = g_str_has_prefix (*line, "--") ? g_strchug (*line + 2) : NULL;

      if (words == NULL && text->len > 0)
        break;
      /* The licence, and what the migrator is told. */
      if (words == NULL || g_str_has_prefix (words, "SPDX")
          || (text->len == 0 && words[strcspn (words, ": ")] == ':'))
        continue;
      if (*words == '\0' && text->len > 0)
        break;
      if (*words != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", words);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
toggled_cb (WdMigrationRow *self, GtkCheckButton *check)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, gtk_check_button_get_active (check));
}

/* An optional one says what it is good for and what it costs, and asks whether to apply it. */
static void
add_choice (WdMigrationRow *self, const WdMigrationStep *step)
{
  g_autofree char *cost = wd_migration_step_dup_cost (step);
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", step->note, cost);
  /* TRANSLATORS: the name of a migration */
  g_autofree char *name = g_strdup_printf (_("Apply %s"), step->name);

  self->check = gtk_check_button_new ();
  gtk_widget_set_valign (self->check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, cost, -1);
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (toggled_cb), self,
                           G_CONNECT_SWAPPED);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), self->check);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
}

/**
 * wd_migration_row_set_choosable:
 * @self: a row
 * @choosable: whether an optional migration may be chosen now
 */
void
wd_migration_row_set_choosable (WdMigrationRow *self, gboolean choosable)
{
  g_return_if_fail (WD_IS_MIGRATION_ROW (self));

  if (self->check != NULL)
    gtk_widget_set_sensitive (self->check, choosable);
}

/**
 * wd_migration_row_new:
 * @step: a migration
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
wd_migration_row_new (const WdMigrationStep *step)
{
  WdMigrationRow *self = g_object_new (WD_TYPE_MIGRATION_ROW, NULL);
  g_autofree char *purpose = dup_purpose (step->sql);

  self->sql = g_strdup (step->sql != NULL ? step->sql : "");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), step->name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), purpose);
  if (wd_migration_step_is_offered (step))
    add_choice (self, step);
  wd_migration_row_set_look (self, step->applied    ? WD_MIGRATION_LOOK_APPLIED
                                   : step->optional ? WD_MIGRATION_LOOK_OPTIONAL
                                                    : WD_MIGRATION_LOOK_PENDING);
  return GTK_WIDGET (self);
}

/**
 * wd_migration_row_set_look:
 * @self: a row
 * @look: how its migration stands now
 */
void
wd_migration_row_set_look (WdMigrationRow *self, WdMigrationLook look)
{
  static const struct {
    const char *word;
    const char *tone;
  } looks[] = {
    [WD_MIGRATION_LOOK_PENDING] = { N_("Pending"), NULL },
    [WD_MIGRATION_LOOK_OPTIONAL] = { N_("Optional"), NULL },
    [WD_MIGRATION_LOOK_RUNNING] = { N_("Running"), WD_TONE_BUSY },
    [WD_MIGRATION_LOOK_APPLIED] = { N_("Applied"), WD_TONE_OK },
    [WD_MIGRATION_LOOK_FAILED] = { N_("Failed"), WD_TONE_WRONG },
  };
  const char *word = g_dgettext (GETTEXT_PACKAGE, looks[look].word);
  g_autofree char *name = NULL;

  g_return_if_fail (WD_IS_MIGRATION_ROW (self));

  gtk_label_set_text (self->word, word);
  wd_tone_set (GTK_WIDGET (self->word), looks[look].tone);
  name = g_strdup_printf ("%s: %s",
                          adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
