/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One thing that is wrong: what, since when, what to do, and a button that leads there. */

#include "app/overview/wd-attention-row.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-name.h"
#include "app/common/wd-text.h"
#include "base/wd-format.h"
#include "model/wd-filter-text.h"

struct _WdAttentionRow {
  GtkListBoxRow parent_instance;

  WdFinding *finding;        /* (owned) (nullable): %NULL for wallets */
  WdTime since;

  GtkLabel *badge;
  GtkLabel *subject;
  GtkLabel *age;
  GtkLabel *what;
  GtkLabel *advice;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (WdAttentionRow, wd_attention_row, GTK_TYPE_LIST_BOX_ROW)

static void
wd_attention_row_finalize (GObject *object)
{
  g_clear_pointer (&WD_ATTENTION_ROW (object)->finding, wd_finding_unref);
  G_OBJECT_CLASS (wd_attention_row_parent_class)->finalize (object);
}

static void
wd_attention_row_class_init (WdAttentionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_attention_row_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/overview/wd-attention-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WdAttentionRow, badge);
  gtk_widget_class_bind_template_child (widget_class, WdAttentionRow, subject);
  gtk_widget_class_bind_template_child (widget_class, WdAttentionRow, age);
  gtk_widget_class_bind_template_child (widget_class, WdAttentionRow, what);
  gtk_widget_class_bind_template_child (widget_class, WdAttentionRow, advice);
  gtk_widget_class_bind_template_child (widget_class, WdAttentionRow, button);
}

static void
wd_attention_row_init (WdAttentionRow *self)
{
  self->since = WD_TIME_NONE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_attention_row_new:
 *
 * Returns: (transfer floating): a row that says nothing yet
 */
WdAttentionRow *
wd_attention_row_new (void)
{
  return g_object_new (WD_TYPE_ATTENTION_ROW, NULL);
}

static void
set_words (WdAttentionRow *self, const char *badge, const char *tone, const char *subject,
           const char *what, const char *advice)
{
  g_autofree char *visible = wd_format_visible (subject, 128);
  g_autofree char *name = g_strconcat (visible, ": ", what, NULL);

  gtk_label_set_text (self->badge, badge);
  wd_tone_set (GTK_WIDGET (self->badge), tone);
  gtk_label_set_text (self->subject, visible);
  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->advice, advice);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, advice, -1);
}

static void
set_button (WdAttentionRow *self, const char *label, const char *subject, const char *action,
            GVariant *target)
{
  g_autofree char *visible = wd_format_visible (subject, 128);
  g_autofree char *name = g_strconcat (label, ": ", visible, NULL);

  gtk_button_set_label (self->button, label);
  /* An action and the target of another would not go together. */
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
  wd_name_set (GTK_WIDGET (self->button), name);
}

/* The jobs of a finding as far as a filter can say which; %NULL where the queue tells more. */
static char *
write_filter (const WdFinding *finding)
{
  static const char *const active[] = { "active", NULL };
  static const char *const begun[] = { "pending", "active", "retrying", "failed", NULL };
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  const char *const types[] = { finding->job_type, NULL };
  gboolean stalled = finding->kind == WD_FINDING_STALLED;

  if (finding->job_type == NULL || *finding->job_ids == NULL)
    return NULL;
  if (finding->count == 1)
    filter->id_prefix = g_strdup (*finding->job_ids);
  else
    filter->statuses = g_strdupv ((char **) (stalled ? begun : active));
  filter->types = g_strdupv ((char **) types);
  return wd_job_filter_to_text (filter, zone);
}

/**
 * wd_attention_row_set_finding:
 * @self: a row
 * @finding: (transfer none): what is stuck
 */
void
wd_attention_row_set_finding (WdAttentionRow *self, WdFinding *finding)
{
  const char *subject = wd_finding_get_subject (finding);
  g_autofree char *what = wd_finding_describe (finding, wd_text_count_format ());
  g_autofree char *line = write_filter (finding);

  g_return_if_fail (WD_IS_ATTENTION_ROW (self));

  wd_finding_ref (finding);
  g_clear_pointer (&self->finding, wd_finding_unref);
  self->finding = finding;
  self->since = finding->since;
  set_words (self, C_("badge", "Stuck"), WD_TONE_WRONG, subject, what,
             wd_finding_get_advice (finding));
  if (line != NULL)
    set_button (self, _("Show Jobs"), subject, "win.show-list",
                g_variant_new ("(ss)", "jobs", line));
  else
    set_button (self, _("Show Queue"), subject, "win.page", g_variant_new_string ("queues"));
  wd_attention_row_tick (self, wd_time_now ());
}

/**
 * wd_attention_row_set_trouble:
 * @self: a row
 * @health: what is wrong
 * @kind: the trouble that wallets are in
 */
void
wd_attention_row_set_trouble (WdAttentionRow *self, const WdHealth *health, WdWalletTrouble kind)
{
  const WdTroubleCount *count = &health->wallets[kind];
  gboolean more = count->n > WD_WALLET_TROUBLE_MOST;
  gint64 n = MIN (count->n, WD_WALLET_TROUBLE_MOST);
  const char *label = wd_wallet_trouble_label (kind);
  g_autofree char *number = wd_text_count (n);
  g_autofree char *meaning = wd_wallet_trouble_explain (kind, &health->limits);
  g_autofree char *line = g_strconcat ("trouble:", wd_wallet_trouble_word (kind), NULL);
  g_autofree char *what = NULL;

  g_return_if_fail (WD_IS_ATTENTION_ROW (self));

  g_clear_pointer (&self->finding, wd_finding_unref);
  self->since = count->since;
  if (more)
    /* TRANSLATORS: such as “over 10 000 wallets: Last synced more than 24 h ago, or never” */
    what = g_strdup_printf (_("over %s wallets: %s"), number, meaning);
  else
    what = g_strdup_printf (ngettext ("%s wallet: %s", "%s wallets: %s", (gulong) n), number,
                            meaning);
  set_words (self, label, WD_TONE_CAUTION, _("Wallets in trouble"), what,
             wd_wallet_trouble_advice (kind));
  set_button (self, _("Show Wallets"), label, "win.show-list",
              g_variant_new ("(ss)", "wallets", line));
  wd_attention_row_tick (self, wd_time_now ());
}

/**
 * wd_attention_row_tick:
 * @self: a row
 * @now: the present
 *
 * Tells since when, anew.
 */
void
wd_attention_row_tick (WdAttentionRow *self, WdTime now)
{
  g_autofree char *age = NULL;
  g_autofree char *whole = NULL;

  g_return_if_fail (WD_IS_ATTENTION_ROW (self));

  if (self->finding != NULL)
    age = wd_finding_describe_since (self->finding, now);
  else if (wd_time_is_finite (self->since))
    {
      g_autofree char *duration = wd_format_duration (self->since, MAX (self->since, now));

      age = g_strdup_printf (_("the first %s ago"), duration);
    }
  if (g_strcmp0 (age != NULL ? age : "", gtk_label_get_text (self->age)) == 0)
    return;
  whole = age != NULL ? wd_text_time (self->since) : NULL;
  gtk_label_set_text (self->age, age != NULL ? age : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->age), whole);
}
