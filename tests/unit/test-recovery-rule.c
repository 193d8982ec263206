/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-recovery-rule.h"

#define HERE  "site/run/replication"
#define THERE "site/other-run/replication"

typedef struct {
  const char *name;
  const char *operation;
  const char *row;
  const char *sites[3];
  gint64 age_ms;
  WdBullmqReceipt receipt;
  const char *state;
  const char *identity;
  WdRecovery expected;
} Case;

static const Case cases[] = {
  { "fresh, never queued", "dispatch", "pending", { HERE }, 1000, WD_BULLMQ_RECEIPT_NONE, NULL,
    HERE, WD_RECOVERY_SEND },
  { "the receipt is there", "dispatch", "pending", { HERE }, 1000, WD_BULLMQ_RECEIPT_SENT, NULL,
    HERE, WD_RECOVERY_DELIVERED },
  { "the receipt is there, in another Redis even", "dispatch", "pending", { THERE }, 1000,
    WD_BULLMQ_RECEIPT_SENT, NULL, HERE, WD_RECOVERY_DELIVERED },
  { "the row went on", "dispatch", "active", { HERE }, 1000, WD_BULLMQ_RECEIPT_NONE, NULL, HERE,
    WD_RECOVERY_DELIVERED },
  { "the row went on, Redis was flushed", "dispatch", "completed", { THERE }, 1000,
    WD_BULLMQ_RECEIPT_NONE, NULL, HERE, WD_RECOVERY_DELIVERED },
  { "the job's key is there", "dispatch", "pending", { HERE }, 1000, WD_BULLMQ_RECEIPT_NONE,
    "waiting", HERE, WD_RECOVERY_DELIVERED },
  { "a retried job is there as failed", "retry", "pending", { HERE }, 1000, WD_BULLMQ_RECEIPT_NONE,
    "failed", HERE, WD_RECOVERY_SEND },
  { "a retried job in another Redis", "retry", "pending", { THERE }, 1000, WD_BULLMQ_RECEIPT_NONE,
    "failed", HERE, WD_RECOVERY_UNKNOWN },
  { "Redis restarted or was restored", "dispatch", "pending", { THERE }, 1000,
    WD_BULLMQ_RECEIPT_NONE, NULL, HERE, WD_RECOVERY_UNKNOWN },
  { "one of two attempts went elsewhere", "dispatch", "pending", { HERE, THERE }, 1000,
    WD_BULLMQ_RECEIPT_NONE, NULL, HERE, WD_RECOVERY_UNKNOWN },
  { "INFO is forbidden now", "dispatch", "pending", { HERE }, 1000, WD_BULLMQ_RECEIPT_NONE, NULL,
    NULL, WD_RECOVERY_UNKNOWN },
  { "INFO was forbidden then", "dispatch", "pending", { "unknown" }, 1000, WD_BULLMQ_RECEIPT_NONE,
    NULL, HERE, WD_RECOVERY_UNKNOWN },
  { "no attempt is known", "dispatch", "pending", { NULL }, 1000, WD_BULLMQ_RECEIPT_NONE, NULL,
    HERE, WD_RECOVERY_UNKNOWN },
  { "just under ten minutes", "dispatch", "pending", { HERE }, 10 * 60 * 1000 - 1,
    WD_BULLMQ_RECEIPT_NONE, NULL, HERE, WD_RECOVERY_SEND },
  { "ten minutes old", "dispatch", "pending", { HERE }, 10 * 60 * 1000, WD_BULLMQ_RECEIPT_NONE,
    NULL, HERE, WD_RECOVERY_UNKNOWN },
  { "keys were evicted since", "dispatch", "pending", { HERE }, 1000, WD_BULLMQ_RECEIPT_NONE, NULL,
    HERE "/evicted:7", WD_RECOVERY_UNKNOWN },
  { "keys were evicted before", "dispatch", "pending", { HERE "/evicted:7" }, 1000,
    WD_BULLMQ_RECEIPT_NONE, NULL, HERE "/evicted:7", WD_RECOVERY_SEND },
  { "the row is gone", "dispatch", NULL, { HERE }, 1000, WD_BULLMQ_RECEIPT_NONE, NULL, HERE,
    WD_RECOVERY_UNKNOWN },
  { "discarded", "dispatch", "pending", { HERE }, 1000, WD_BULLMQ_RECEIPT_DISCARDED, NULL, HERE,
    WD_RECOVERY_DISCARDED },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  WdOutboxEntry entry = { .operation = (char *) c->operation, .row_status = (char *) c->row,
                          .sites = (char **) c->sites, .age_ms = c->age_ms };
  WdBullmqSite site = { .id = (char *) "site", .identity = (char *) c->identity };
  const char *reason = "";

  g_assert_cmpint (wd_recovery_decide (&entry, c->receipt, c->state, &site, &reason), ==,
                   c->expected);
  if (c->expected == WD_RECOVERY_UNKNOWN)
    g_assert_nonnull (reason);
  else
    g_assert_null (reason);
}

static void
test_would_know (void)
{
  static const struct {
    const char *sites[3];
    gint64 age_ms;
    const char *identity;
    gboolean expected;
  } knows[] = {
    { { HERE }, 1000, HERE, TRUE },
    { { HERE }, 10 * 60 * 1000, HERE, TRUE },
    { { HERE }, WD_BULLMQ_RECEIPT_SECONDS * G_GINT64_CONSTANT (1000) - 1, HERE, TRUE },
    { { HERE }, WD_BULLMQ_RECEIPT_SECONDS * G_GINT64_CONSTANT (1000), HERE, FALSE },
    { { HERE, THERE }, 1000, HERE, FALSE },
    { { THERE }, 1000, HERE, FALSE },
    { { HERE }, 1000, HERE "/evicted:7", FALSE },
    { { "unknown" }, 1000, HERE, FALSE },
    { { HERE }, 1000, NULL, FALSE },
    { { NULL }, 1000, HERE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (knows); i++)
    {
      WdOutboxEntry entry = { .sites = (char **) knows[i].sites, .age_ms = knows[i].age_ms };
      WdBullmqSite site = { .id = (char *) "site", .identity = (char *) knows[i].identity };
      WdBullmqSite flushed = { .identity = (char *) knows[i].identity };

      g_assert_cmpint (wd_recovery_would_know (&entry, &site), ==, knows[i].expected);
      g_assert_false (wd_recovery_would_know (&entry, &flushed));
      g_assert_false (wd_recovery_would_know (&entry, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/recovery-rule/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/recovery-rule/would know", test_would_know);
  return g_test_run ();
}
