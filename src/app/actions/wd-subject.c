/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One wallet or job that a dialog acts upon: what it is, what stands in its way, and what became
 * of it. A warning with an offer keeps it out until the offer is accepted; one without keeps it
 * out for good. */

#include "app/actions/wd-subject.h"

struct _WdSubject {
  GObject parent_instance;

  char *key;              /* (owned) */
  char *title;            /* (owned) */
  gboolean removable;
  char *subtitle;         /* (owned) (nullable) */
  char *figure;           /* (owned) (nullable) */
  char *warning;          /* (owned) (nullable) */
  char *offer;            /* (owned) (nullable): what would lift the warning */
  char *job;              /* (owned) (nullable): the job the warning is about */
  gboolean accepted;
  WdSubjectState state;
  char *outcome;          /* (owned) (nullable) */
  char *outcome_job;      /* (owned) (nullable): the job the outcome is about */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdSubject, wd_subject, G_TYPE_OBJECT)

static gboolean
replace (char **text, const char *value)
{
  if (g_strcmp0 (*text, value) == 0)
    return FALSE;
  g_free (*text);
  *text = g_strdup (value);
  return TRUE;
}

static void
tell (WdSubject *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
wd_subject_finalize (GObject *object)
{
  WdSubject *self = WD_SUBJECT (object);

  g_free (self->key);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->figure);
  g_free (self->warning);
  g_free (self->offer);
  g_free (self->job);
  g_free (self->outcome);
  g_free (self->outcome_job);
  G_OBJECT_CLASS (wd_subject_parent_class)->finalize (object);
}

static void
wd_subject_class_init (WdSubjectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_subject_finalize;

  /**
   * WdSubject::changed:
   *
   * Anything about it.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", WD_TYPE_SUBJECT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
wd_subject_init (WdSubject *self)
{
}

/**
 * wd_subject_new:
 * @key: by which its dialog knows it
 * @title: for people, plain text
 *
 * Returns: (transfer full): a subject nothing is known of yet
 */
WdSubject *
wd_subject_new (const char *key, const char *title)
{
  WdSubject *self = g_object_new (WD_TYPE_SUBJECT, NULL);

  self->key = g_strdup (key);
  self->title = g_strdup (title);
  return self;
}

/**
 * wd_subject_get_key:
 * @self: a subject
 *
 * Returns: (transfer none): what a result names it by: an address, or an id
 */
const char *
wd_subject_get_key (WdSubject *self)
{
  return self->key;
}

/**
 * wd_subject_get_title:
 * @self: a subject
 *
 * Returns: (transfer none): its name, plain
 */
const char *
wd_subject_get_title (WdSubject *self)
{
  return self->title;
}

/**
 * wd_subject_set_removable:
 * @self: a subject that its dialog does not hold yet
 *
 * It may be taken off the list while nothing was done to it.
 */
void
wd_subject_set_removable (WdSubject *self)
{
  g_return_if_fail (WD_IS_SUBJECT (self));

  self->removable = TRUE;
}

/**
 * wd_subject_is_removable:
 * @self: a subject
 *
 * Returns: whether it may be taken off the list now
 */
gboolean
wd_subject_is_removable (WdSubject *self)
{
  g_return_val_if_fail (WD_IS_SUBJECT (self), FALSE);

  return self->removable && wd_subject_is_open (self);
}

/**
 * wd_subject_describe:
 * @self: a subject
 * @subtitle: (nullable): more about it
 * @figure: (nullable): a number that is compared
 */
void
wd_subject_describe (WdSubject *self, const char *subtitle, const char *figure)
{
  gboolean changed;

  g_return_if_fail (WD_IS_SUBJECT (self));

  changed = replace (&self->subtitle, subtitle);
  if (replace (&self->figure, figure) || changed)
    tell (self);
}

/**
 * wd_subject_get_subtitle:
 * @self: a subject
 *
 * Returns: (transfer none) (nullable): what is known about it, plain
 */
const char *
wd_subject_get_subtitle (WdSubject *self)
{
  return self->subtitle;
}

/**
 * wd_subject_get_figure:
 * @self: a subject
 *
 * Returns: (transfer none) (nullable): a number at its end, such as a balance
 */
const char *
wd_subject_get_figure (WdSubject *self)
{
  return self->figure;
}

/**
 * wd_subject_warn:
 * @self: a subject
 * @warning: (nullable): what stands in its way
 * @offer: (nullable): what an admin may choose all the same
 * @job: (nullable): id of the job in the way
 *
 * A choice made about one job is not one about another.
 */
void
wd_subject_warn (WdSubject *self, const char *warning, const char *offer, const char *job)
{
  gboolean changed;

  g_return_if_fail (WD_IS_SUBJECT (self));

  changed = replace (&self->warning, warning);
  if (replace (&self->job, job) | replace (&self->offer, offer))
    {
      self->accepted = FALSE;
      changed = TRUE;
    }
  if (changed)
    tell (self);
}

/**
 * wd_subject_get_warning:
 * @self: a subject
 *
 * Returns: (transfer none) (nullable): why it stays out unless an admin says otherwise
 */
const char *
wd_subject_get_warning (WdSubject *self)
{
  return self->warning;
}

/**
 * wd_subject_get_offer:
 * @self: a subject
 *
 * Returns: (transfer none) (nullable): what an admin may tick to have it done all the same
 */
const char *
wd_subject_get_offer (WdSubject *self)
{
  return self->offer;
}

/**
 * wd_subject_get_job:
 * @self: a subject
 *
 * Returns: (transfer none) (nullable): the row's UUID of the job that its warning is about
 */
const char *
wd_subject_get_job (WdSubject *self)
{
  return self->job;
}

/**
 * wd_subject_accept:
 * @self: a subject
 * @accepted: whether it is to be done in spite of its warning
 *
 * Nothing can be accepted where nothing is offered.
 */
void
wd_subject_accept (WdSubject *self, gboolean accepted)
{
  g_return_if_fail (WD_IS_SUBJECT (self));

  accepted = accepted && self->offer != NULL;
  if (self->accepted == accepted)
    return;
  self->accepted = accepted;
  tell (self);
}

/**
 * wd_subject_is_accepted:
 * @self: a subject
 *
 * Returns: whether an admin ticked what is offered
 */
gboolean
wd_subject_is_accepted (WdSubject *self)
{
  return self->accepted;
}

/**
 * wd_subject_settle:
 * @self: a subject
 * @state: what became of it
 * @outcome: (nullable): in words
 * @job: (nullable): id of the job that came of it, or is in the way
 */
void
wd_subject_settle (WdSubject *self, WdSubjectState state, const char *outcome, const char *job)
{
  g_return_if_fail (WD_IS_SUBJECT (self));

  self->state = state;
  replace (&self->outcome, outcome);
  replace (&self->outcome_job, job);
  tell (self);
}

/**
 * wd_subject_get_state:
 * @self: a subject
 *
 * Returns: what became of it
 */
WdSubjectState
wd_subject_get_state (WdSubject *self)
{
  return self->state;
}

/**
 * wd_subject_get_outcome:
 * @self: a subject
 *
 * Returns: (transfer none) (nullable): what became of it in words
 */
const char *
wd_subject_get_outcome (WdSubject *self)
{
  return self->outcome;
}

/**
 * wd_subject_get_outcome_job:
 * @self: a subject
 *
 * Returns: (transfer none) (nullable): the row's UUID of the job that its outcome is about
 */
const char *
wd_subject_get_outcome_job (WdSubject *self)
{
  return self->outcome_job;
}

/**
 * wd_subject_is_open:
 * @self: a subject
 *
 * Returns: whether nothing was done to it yet
 */
gboolean
wd_subject_is_open (WdSubject *self)
{
  return self->state == WD_SUBJECT_READY || self->state == WD_SUBJECT_REFUSED;
}

/**
 * wd_subject_may_go:
 * @self: a subject
 *
 * Returns: whether it takes part when the dialog's button is pressed
 */
gboolean
wd_subject_may_go (WdSubject *self)
{
  return wd_subject_is_open (self) && (self->warning == NULL || self->accepted);
}
