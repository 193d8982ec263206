/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The stack traces of a job's failed attempts, the newest first, each under what it says. */

#include "app/jobs/wd-stack-list.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text-block.h"
#include "app/common/wd-text.h"
#include "app/jobs/wd-stack-trace.h"
#include "base/wd-format.h"

struct _WdStackList {
  GtkWidget parent_instance;

  char **traces;          /* (owned) (nullable): as stored, oldest first */
  gint64 attempts_made;
  GPtrArray *expanders;   /* (owned) (element-type GtkExpander): newest first; the box owns them */

  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (WdStackList, wd_stack_list, GTK_TYPE_WIDGET)

static void
wd_stack_list_dispose (GObject *object)
{
  WdStackList *self = WD_STACK_LIST (object);

  g_ptr_array_set_size (self->expanders, 0);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_stack_list_parent_class)->dispose (object);
}

static void
wd_stack_list_finalize (GObject *object)
{
  WdStackList *self = WD_STACK_LIST (object);

  g_ptr_array_unref (self->expanders);
  g_strfreev (self->traces);
  G_OBJECT_CLASS (wd_stack_list_parent_class)->finalize (object);
}

static void
wd_stack_list_class_init (WdStackListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_stack_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_stack_list_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wd_stack_list_init (WdStackList *self)
{
  self->expanders = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/* Returns: (transfer full): such as “Attempt 3 · Error: nonce too low” */
static char *
get_title (WdStackList *self, guint index, guint n_traces)
{
  guint attempt = wd_stack_trace_attempt (index, n_traces, self->attempts_made);
  g_autofree char *frames = NULL;
  g_autofree char *message = wd_stack_trace_split (self->traces[index], &frames);
  g_autofree char *visible = wd_format_visible (message, 256);

  if (attempt == 0)
    return g_steal_pointer (&visible);
  /* TRANSLATORS: which attempt at a job failed, and what it said */
  return g_strdup_printf (_("Attempt %u · %s"), attempt, visible);
}

static void
add_trace (WdStackList *self, guint index, guint n_traces, gboolean expanded)
{
  g_autofree char *title = get_title (self, index, n_traces);
  g_autofree char *text = wd_text_block (self->traces[index]);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *expander = gtk_expander_new (NULL);
  GtkWidget *block = g_object_new (WD_TYPE_TEXT_BLOCK, "margin-top", 6, NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, title);
  gtk_expander_set_label_widget (GTK_EXPANDER (expander), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  wd_text_block_set_name (WD_TEXT_BLOCK (block), _("stack trace"));
  wd_text_block_set_text (WD_TEXT_BLOCK (block), text);
  gtk_expander_set_child (GTK_EXPANDER (expander), block);
  /* With Tab GTK 4.8 asks what is folded away, too, and complains that it is in no window. */
  g_object_bind_property (expander, "expanded", block, "can-focus", G_BINDING_SYNC_CREATE);
  gtk_expander_set_expanded (GTK_EXPANDER (expander), expanded);
  gtk_box_append (GTK_BOX (self->box), expander);
  g_ptr_array_add (self->expanders, expander);
}

/* Returns: (transfer full) (element-type utf8): the traces that are closed now */
static GHashTable *
get_closed (WdStackList *self)
{
  GHashTable *closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->expanders->len; i++)
    if (!gtk_expander_get_expanded (self->expanders->pdata[i]))
      g_hash_table_add (closed, g_strdup (self->traces[self->expanders->len - 1 - i]));
  return closed;
}

/* What was open stays open; of what is new the newest opens. */
static void
rebuild (WdStackList *self, GHashTable *known, GHashTable *closed)
{
  guint n_traces = g_strv_length (self->traces);

  for (guint i = 0; i < self->expanders->len; i++)
    gtk_box_remove (GTK_BOX (self->box), self->expanders->pdata[i]);
  g_ptr_array_set_size (self->expanders, 0);
  for (guint i = n_traces; i-- > 0; )
    {
      gboolean is_known = g_hash_table_contains (known, self->traces[i]);

      add_trace (self, i, n_traces,
                 is_known ? !g_hash_table_contains (closed, self->traces[i]) : i == n_traces - 1);
    }
}

/**
 * wd_stack_list_set:
 * @self: a list
 * @traces: (array zero-terminated=1): a stack trace for each failed attempt, oldest first
 * @attempts_made: attempts that ended
 */
void
wd_stack_list_set (WdStackList *self, const char *const *traces, gint64 attempts_made)
{
  g_autoptr (GHashTable) closed = NULL;
  g_autoptr (GHashTable) known = NULL;

  g_return_if_fail (WD_IS_STACK_LIST (self));
  g_return_if_fail (traces != NULL);

  if (self->traces != NULL && self->attempts_made == attempts_made
      && g_strv_equal ((const char *const *) self->traces, traces))
    return;
  closed = get_closed (self);
  known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; self->traces != NULL && self->traces[i] != NULL; i++)
    g_hash_table_add (known, g_strdup (self->traces[i]));
  g_strfreev (self->traces);
  self->traces = g_strdupv ((char **) traces);
  self->attempts_made = attempts_made;
  rebuild (self, known, closed);
}
