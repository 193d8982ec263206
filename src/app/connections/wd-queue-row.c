/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which queue each kind of job goes through; folded, since most sites name them as we do. */

#include "app/connections/wd-queue-row.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-name.h"

struct _WdQueueRow {
  AdwExpanderRow parent_instance;

  WdProfileDraft *draft;        /* (nullable): not owned: the dialog's */
  GPtrArray *entries;           /* (owned) (element-type GtkEditable): by job type; the row's */
  gboolean updating;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdQueueRow, wd_queue_row, ADW_TYPE_EXPANDER_ROW)

static void
update_subtitle (WdQueueRow *self)
{
  g_autofree char *names = g_strjoinv (", ", self->draft->queues);
  g_autofree char *escaped = g_markup_escape_text (names, -1);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), escaped);
}

static void
typed_cb (WdQueueRow *self, GtkEditable *entry)
{
  guint index;

  if (self->updating || self->draft == NULL || !g_ptr_array_find (self->entries, entry, &index))
    return;
  wd_profile_draft_set_text (&self->draft->queues[index], gtk_editable_get_text (entry));
  update_subtitle (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
wd_queue_row_finalize (GObject *object)
{
  g_ptr_array_unref (WD_QUEUE_ROW (object)->entries);
  G_OBJECT_CLASS (wd_queue_row_parent_class)->finalize (object);
}

static void
wd_queue_row_class_init (WdQueueRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_queue_row_finalize;

  /* Somebody typed a name. */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", WD_TYPE_QUEUE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
wd_queue_row_init (WdQueueRow *self)
{
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  self->entries = g_ptr_array_new ();
  for (gsize i = 0; i < n_types; i++)
    {
      GtkWidget *entry = adw_entry_row_new ();
      const char *label = wd_job_type_label (types[i].name);
      /* TRANSLATORS: accessible name of a field, such as “Queue: Gas top-up” */
      g_autofree char *name = g_strdup_printf (_("Queue: %s"), label);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (entry), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), label);
      wd_name_set (GTK_WIDGET (entry), name);
      g_signal_connect_object (entry, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), entry);
      g_ptr_array_add (self->entries, entry);
    }
}

/**
 * wd_queue_row_update:
 * @self: a row with a draft
 *
 * Shows what the draft says now.
 */
void
wd_queue_row_update (WdQueueRow *self)
{
  g_return_if_fail (WD_IS_QUEUE_ROW (self));
  g_return_if_fail (self->draft != NULL);

  self->updating = TRUE;
  for (guint i = 0; i < self->entries->len; i++)
    if (g_strcmp0 (gtk_editable_get_text (self->entries->pdata[i]), self->draft->queues[i]) != 0)
      gtk_editable_set_text (self->entries->pdata[i], self->draft->queues[i]);
  self->updating = FALSE;
  update_subtitle (self);
}

/**
 * wd_queue_row_set_draft:
 * @self: a row
 * @draft: (nullable): what is written; must outlive @self or be replaced
 */
void
wd_queue_row_set_draft (WdQueueRow *self, WdProfileDraft *draft)
{
  g_return_if_fail (WD_IS_QUEUE_ROW (self));

  self->draft = draft;
  if (draft != NULL)
    wd_queue_row_update (self);
}
