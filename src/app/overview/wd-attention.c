/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong, a row each; nothing at all where nothing is. Rows stay and change in place, so
 * that a focus stays where it is. */

#include "app/overview/wd-attention.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-lack.h"
#include "app/common/wd-text.h"
#include "app/overview/wd-attention-row.h"

struct _WdAttention {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable) */
  GPtrArray *rows;           /* (element-type WdAttentionRow): the list's, also hidden ones */

  GtkWidget *box;
  GtkListBox *list;
  GtkLabel *error;
};

G_DEFINE_FINAL_TYPE (WdAttention, wd_attention, GTK_TYPE_WIDGET)

static WdAttentionRow *
get_row (WdAttention *self, guint n)
{
  if (n == self->rows->len)
    {
      WdAttentionRow *row = wd_attention_row_new ();

      gtk_list_box_append (self->list, GTK_WIDGET (row));
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (self->rows->pdata[n], TRUE);
  return self->rows->pdata[n];
}

static guint
show_health (WdAttention *self, const WdHealth *health)
{
  guint n = 0;

  for (guint i = 0; i < health->findings->len; i++)
    wd_attention_row_set_finding (get_row (self, n++), health->findings->pdata[i]);
  for (int kind = 0; kind < WD_N_WALLET_TROUBLES; kind++)
    if (health->wallets[kind].n > 0)
      wd_attention_row_set_trouble (get_row (self, n++), health, kind);
  return n;
}

/* One cause needs to be told once: the banner above has the same words. */
static gboolean
is_told_by_banner (WdAttention *self, const char *reason)
{
  WdFeed feed;
  WdTime since;
  const GError *trouble = wd_workspace_get_trouble (self->workspace, &feed, &since);

  return trouble != NULL && g_strcmp0 (reason, trouble->message) == 0;
}

/* Returns: (transfer full) (nullable): what could not be read, or why not */
static char *
find_reason (WdAttention *self, const WdHealth *health)
{
  const GError *error = wd_health_watch_get_error (wd_workspace_get_health (self->workspace));
  g_autoptr (GString) names = g_string_new (NULL);

  if (error != NULL)
    return g_strdup (error->message);
  if (health == NULL || health->queue_error != NULL)
    return health != NULL ? g_strdup (health->queue_error) : NULL;
  for (guint i = 0; i < health->unread->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            (const char *) health->unread->pdata[i]);
  return names->len > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

static void
changed_cb (WdAttention *self)
{
  WdHealthWatch *watch = wd_workspace_get_health (self->workspace);
  const WdHealth *health = wd_health_watch_get_health (watch);
  g_autofree char *reason = find_reason (self, health);
  guint n = health != NULL ? show_health (self, health) : 0;

  if (is_told_by_banner (self, reason))
    g_clear_pointer (&reason, g_free);

  for (guint i = n; i < self->rows->len; i++)
    gtk_widget_set_visible (self->rows->pdata[i], FALSE);
  if (reason != NULL)
    {
      g_autofree char *block = wd_text_block (reason);
      g_autofree char *text = g_strdup_printf (_("What is stuck could not be read: %s"), block);
      const char *lack = wd_lack_get (self->workspace, WD_ABILITY_HEALTH);

      gtk_label_set_text (self->error, lack != NULL ? lack : text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->error), reason != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0 || reason != NULL);
}

static void
tick_cb (WdAttention *self)
{
  WdTime now = wd_time_now ();

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  for (guint i = 0; i < self->rows->len; i++)
    if (gtk_widget_get_visible (self->rows->pdata[i]))
      wd_attention_row_tick (self->rows->pdata[i], now);
}

static void
wd_attention_dispose (GObject *object)
{
  WdAttention *self = WD_ATTENTION (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_attention_parent_class)->dispose (object);
}

static void
wd_attention_finalize (GObject *object)
{
  g_ptr_array_unref (WD_ATTENTION (object)->rows);
  G_OBJECT_CLASS (wd_attention_parent_class)->finalize (object);
}

static void
wd_attention_class_init (WdAttentionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_attention_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_attention_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/overview/wd-attention.ui");
  gtk_widget_class_bind_template_child (widget_class, WdAttention, box);
  gtk_widget_class_bind_template_child (widget_class, WdAttention, list);
  gtk_widget_class_bind_template_child (widget_class, WdAttention, error);
}

static void
wd_attention_init (WdAttention *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_attention_set_workspace:
 * @self: a list without one
 * @workspace: whose trouble
 *
 * Stays hidden until there is any.
 */
void
wd_attention_set_workspace (WdAttention *self, WdWorkspace *workspace)
{
  g_return_if_fail (WD_IS_ATTENTION (self));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "trouble-changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (wd_workspace_get_health (workspace), "changed",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}
