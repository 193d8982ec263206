/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From a job to the one before or after it in the list it was chosen in, which reads on as one
 * goes. A step to a job that is still being read is taken when it has come. */

#include "app/jobs/wd-job-steps.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"

struct _WdJobSteps {
  GtkWidget parent_instance;

  WdPagedList *list;     /* (owned) (nullable) */
  char *id;              /* (owned) (nullable): of the job on screen */
  WdRow *row;            /* (owned) (nullable): of that job */
  WdRow *awaited;        /* (owned) (nullable): a row beside it, while it is empty */
  int pending;           /* the step that waits for the awaited row; 0 for none */
  guint update_source;

  GtkWidget *box;
  GtkLabel *place;
  GtkWidget *previous;
  GtkWidget *next;
};

enum {
  SIGNAL_STEP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdJobSteps, wd_job_steps, GTK_TYPE_WIDGET)

static void queue_update (WdJobSteps *self);

static void
await (WdJobSteps *self, WdRow *row)
{
  if (self->awaited == row)
    return;
  if (self->awaited != NULL)
    g_signal_handlers_disconnect_by_func (self->awaited, queue_update, self);
  g_clear_object (&self->awaited);
  if (row == NULL)
    return;
  self->awaited = g_object_ref (row);
  g_signal_connect_object (row, "notify::record", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
}

static void
update_button (GtkWidget *button, gboolean can, const char *what, const char *why_not)
{
  gtk_widget_set_sensitive (button, can);
  gtk_widget_set_tooltip_text (button, can ? what : why_not);
}

static void
update_place (WdJobSteps *self, gboolean found, guint position)
{
  gboolean is_exact;
  gint64 total = wd_paged_list_get_total (self->list, &is_exact);
  g_autofree char *place = wd_text_count ((gint64) position + 1);
  g_autofree char *all = wd_text_count (total);
  g_autofree char *text = NULL;

  if (found && total > (gint64) position)
    /* TRANSLATORS: place of a job in a list, such as “3 of 2 500” */
    text = g_strdup_printf (is_exact ? C_("place in a list", "%s of %s")
                                     : C_("place in a list", "%s of about %s"), place, all);
  gtk_label_set_text (self->place, text != NULL ? text : "");
}

/* Asks for the row to go to, which may not be read yet. */
static void
look_beside (WdJobSteps *self, guint position)
{
  guint other = self->pending < 0 ? position - 1 : position + 1;
  g_autoptr (WdRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), other);

  await (self, row != NULL && wd_row_get_record (row) == NULL ? row : NULL);
}

/* State to widgets. */
static void
update_steps (WdJobSteps *self)
{
  WdRow *row;
  guint position = 0;
  gboolean found, has_next;
  const char *missing;

  gtk_widget_set_visible (GTK_WIDGET (self), self->list != NULL);
  if (self->list == NULL || self->id == NULL)
    return;
  found = wd_paged_list_find (self->list, self->id, &position);
  missing = wd_paged_list_get_read_at (self->list) == WD_TIME_NONE
              ? _("Looking it up…") : _("This job is no longer in the list");
  has_next = found && position + 1 < g_list_model_get_n_items (G_LIST_MODEL (self->list));
  if (found)
    look_beside (self, position);
  /* A row that is held stays in memory. */
  row = found ? wd_paged_list_peek (self->list, position) : NULL;
  g_set_object (&self->row, row);
  update_place (self, found, position);
  update_button (self->previous, found && position > 0, _("Previous Job"),
                 found ? _("This is the first job of the list") : missing);
  update_button (self->next, has_next, _("Next Job"),
                 found ? _("This is the last job of the list") : missing);
  if (self->pending != 0 && self->awaited == NULL)
    {
      int direction = self->pending;

      self->pending = 0;
      wd_job_steps_step (self, direction);
    }
}

static gboolean
update_cb (gpointer data)
{
  WdJobSteps *self = data;

  self->update_source = 0;
  update_steps (self);
  return G_SOURCE_REMOVE;
}

/* The list must not be asked amid its own changes. */
static void
queue_update (WdJobSteps *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add (update_cb, self);
}

static void
previous_cb (WdJobSteps *self)
{
  wd_job_steps_step (self, -1);
}

static void
next_cb (WdJobSteps *self)
{
  wd_job_steps_step (self, 1);
}

static void
wd_job_steps_dispose (GObject *object)
{
  WdJobSteps *self = WD_JOB_STEPS (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  await (self, NULL);
  g_clear_object (&self->row);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_job_steps_parent_class)->dispose (object);
}

static void
wd_job_steps_finalize (GObject *object)
{
  g_free (WD_JOB_STEPS (object)->id);
  G_OBJECT_CLASS (wd_job_steps_parent_class)->finalize (object);
}

static void
wd_job_steps_class_init (WdJobStepsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_job_steps_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_job_steps_finalize;

  /**
   * WdJobSteps::step:
   * @id: of the row to show instead
   */
  signals[SIGNAL_STEP] =
    g_signal_new ("step", WD_TYPE_JOB_STEPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_button (WdJobSteps *self, const char *icon_name, const char *name, void (*func) (WdJobSteps *))
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (func), self, G_CONNECT_SWAPPED);
  return button;
}

static void
wd_job_steps_init (WdJobSteps *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->place = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->place), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->place), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->place), "numeric");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->place));
  self->previous = make_button (self, "go-up-symbolic", _("Previous Job"), previous_cb);
  self->next = make_button (self, "go-down-symbolic", _("Next Job"), next_cb);
  gtk_widget_add_css_class (buttons, "linked");
  gtk_widget_set_valign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (buttons), self->previous);
  gtk_box_append (GTK_BOX (buttons), self->next);
  gtk_box_append (GTK_BOX (self->box), buttons);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * wd_job_steps_set_list:
 * @self: steps without a list
 * @list: (nullable): where the job was chosen; without one there are no steps
 */
void
wd_job_steps_set_list (WdJobSteps *self, WdPagedList *list)
{
  g_return_if_fail (WD_IS_JOB_STEPS (self));
  g_return_if_fail (self->list == NULL);

  if (list == NULL)
    return;
  self->list = g_object_ref (list);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (list, "state-changed", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  update_steps (self);
}

/**
 * wd_job_steps_set_job:
 * @self: steps
 * @id: of the row on screen
 */
void
wd_job_steps_set_job (WdJobSteps *self, const char *id)
{
  g_return_if_fail (WD_IS_JOB_STEPS (self));

  if (g_strcmp0 (self->id, id) == 0)
    return;
  g_free (self->id);
  self->id = g_strdup (id);
  self->pending = 0;
  update_steps (self);
}

/**
 * wd_job_steps_step:
 * @self: steps
 * @direction: -1 to the job before, 1 to the job after
 *
 * Takes a step if there is one.
 */
void
wd_job_steps_step (WdJobSteps *self, int direction)
{
  g_autoptr (WdRow) row = NULL;
  g_autofree char *id = NULL;
  guint position;

  g_return_if_fail (WD_IS_JOB_STEPS (self));

  if (self->list == NULL || !wd_paged_list_find (self->list, self->id, &position)
      || (direction < 0 && position == 0))
    return;
  row = g_list_model_get_item (G_LIST_MODEL (self->list),
                               direction < 0 ? position - 1 : position + 1);
  if (row == NULL)
    return;
  id = g_strdup (wd_row_get_id (row));
  if (id != NULL)
    g_signal_emit (self, signals[SIGNAL_STEP], 0, id);
  else
    {
      self->pending = direction;
      await (self, row);
    }
}
