/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is stuck in one queue: what, since when, and below it what to do. */

#include "app/queues/wd-queue-findings.h"

#include "app/common/wd-text.h"

struct _WdQueueFindings {
  GtkWidget parent_instance;

  char *queue;               /* (owned) (nullable) */
  WdHealthWatch *watch;      /* (owned) (nullable) */
  GtkWidget *badge;          /* (not owned) (nullable): shown where something is stuck */

  GtkWidget *box;
  GtkLabel *what;
  GtkLabel *advice;
};

G_DEFINE_FINAL_TYPE (WdQueueFindings, wd_queue_findings, GTK_TYPE_WIDGET)

static void
set_lines (GtkLabel *label, const GString *lines)
{
  if (g_strcmp0 (lines->str, gtk_label_get_text (label)) != 0)
    gtk_label_set_text (label, lines->str);
}

static void
add_line (GString *lines, const char *line)
{
  g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", line);
}

static void
add_finding (const WdFinding *finding, WdTime now, GString *what, GString *advice)
{
  g_autofree char *text = wd_finding_describe (finding, wd_text_count_format ());
  g_autofree char *since = wd_finding_describe_since (finding, now);

  add_line (what, text);
  if (since != NULL)
    g_string_append_printf (what, " · %s", since);
  add_line (advice, wd_finding_get_advice (finding));
}

static void
changed_cb (WdQueueFindings *self)
{
  wd_queue_findings_tick (self, wd_time_now ());
}

static GtkLabel *
new_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return GTK_LABEL (label);
}

static void
wd_queue_findings_dispose (GObject *object)
{
  WdQueueFindings *self = WD_QUEUE_FINDINGS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_queue_findings_parent_class)->dispose (object);
}

static void
wd_queue_findings_finalize (GObject *object)
{
  WdQueueFindings *self = WD_QUEUE_FINDINGS (object);

  g_free (self->queue);
  g_clear_object (&self->watch);
  G_OBJECT_CLASS (wd_queue_findings_parent_class)->finalize (object);
}

static void
wd_queue_findings_class_init (WdQueueFindingsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_queue_findings_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_queue_findings_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wd_queue_findings_init (WdQueueFindings *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->what = new_label ();
  gtk_widget_add_css_class (GTK_WIDGET (self->what), "error");
  self->advice = new_label ();
  gtk_widget_add_css_class (GTK_WIDGET (self->advice), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->advice), "dim-label");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->what));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->advice));
}

/**
 * wd_queue_findings_set_up:
 * @self: findings of no queue yet
 * @queue: whose they are
 * @watch: (transfer none): what looks for what is stuck
 * @badge: (transfer none): shown where something is; lives as long as @self
 */
void
wd_queue_findings_set_up (WdQueueFindings *self, const char *queue, WdHealthWatch *watch,
                          GtkWidget *badge)
{
  g_return_if_fail (WD_IS_QUEUE_FINDINGS (self));
  g_return_if_fail (self->watch == NULL);

  self->queue = g_strdup (queue);
  self->watch = g_object_ref (watch);
  self->badge = badge;
  g_signal_connect_object (watch, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

/**
 * wd_queue_findings_tick:
 * @self: findings of a queue
 * @now: the present
 *
 * Tells since when, anew.
 */
void
wd_queue_findings_tick (WdQueueFindings *self, WdTime now)
{
  g_autoptr (GString) what = g_string_new (NULL);
  g_autoptr (GString) advice = g_string_new (NULL);
  const WdHealth *health;

  g_return_if_fail (WD_IS_QUEUE_FINDINGS (self));
  g_return_if_fail (self->watch != NULL);

  health = wd_health_watch_get_health (self->watch);
  for (guint i = 0; health != NULL && i < health->findings->len; i++)
    {
      const WdFinding *finding = health->findings->pdata[i];

      if (g_strcmp0 (finding->queue, self->queue) == 0)
        add_finding (finding, now, what, advice);
    }
  set_lines (self->what, what);
  set_lines (self->advice, advice);
  gtk_widget_set_visible (self->badge, what->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), what->len > 0);
}
