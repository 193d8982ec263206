/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-queue.h"
#include "bullmq/wd-bullmq-worker.h"

#include <string.h>

#include "base/wd-error.h"

typedef struct {
  const char *text;
  gboolean valid;
} Case;

static void
test_job_ids (void)
{
  static const Case cases[] = {
    { "0b2f6a4e-6a53-4d0c-9f0e-0d9b8d3a1c55", TRUE },
    { "job_1", TRUE },
    { "01", TRUE },
    { "1.5", TRUE },
    { "12a", TRUE },
    { "", FALSE },
    { "0", FALSE },
    { "12", FALSE },
    { "-5", FALSE },
    { "0:1", FALSE },
    { "a:b:c", FALSE },
    { "a:b", FALSE },
    { "meta", FALSE },
    { "delayed", FALSE },
    { "waiting-children", FALSE },
    { "stalled-check", FALSE },
    { "some-word", FALSE },
    { "wd-receipt", FALSE },
    
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("“%s”", cases[i].text);
      g_assert_cmpint (wd_bullmq_job_id_is_valid (cases[i].text), ==, cases[i].valid);
    }
  g_assert_false (wd_bullmq_job_id_is_valid (NULL));
}

typedef struct {
  const char *key;
  const char *prefix;  /* NULL: it is no job's */
  const char *name;
  const char *id;
} KeyCase;

static void
test_job_keys (void)
{
  static const KeyCase cases[] = {
    { "bull:jobs:17", "bull", "jobs", "17" },
    { "bull:jobs:a:b:c", "bull", "jobs", "a:b:c" },
    { "bull:jobs:repeat:hourly:1795460503005", "bull", "jobs", "repeat:hourly:1795460503005" },
    { "bull:jobs:repeat:a:b:17", "bull", "jobs", "repeat:a:b:17" },
    { "{bull}:jobs:17", "{bull}", "jobs", "17" },
    { "bull:other:jobs:17", "bull:other", "jobs", "17" },
    { "their:jobs:repeat:hourly:17", "their", "jobs", "repeat:hourly:17" },
    { "jobs:17", NULL, NULL, NULL },
    { "17", NULL, NULL, NULL },
    { "bull:jobs:", NULL, NULL, NULL },
    { "", NULL, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdBullmqQueue) queue = NULL;
      g_autofree char *id = NULL;
      gboolean found = wd_bullmq_job_key_split (cases[i].key, "bull", &queue, &id);

      g_test_message ("“%s”", cases[i].key);
      g_assert_cmpint (found, ==, cases[i].prefix != NULL);
      if (!found)
        continue;
      g_assert_cmpstr (queue->prefix, ==, cases[i].prefix);
      g_assert_cmpstr (queue->name, ==, cases[i].name);
      g_assert_cmpstr (id, ==, cases[i].id);
    }
}

static void
test_queue_names (void)
{
  static const Case cases[] = {
    { "gas-topup", TRUE }, { "{mail}", TRUE }, { "a b", TRUE },
    { "", FALSE },         { "a:b", FALSE },   { "worker-dashboard", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WdBullmqQueue) queue = wd_bullmq_queue_new ("bull", cases[i].text, &error);

      g_assert_cmpint (queue != NULL, ==, cases[i].valid);
      if (queue == NULL)
        g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
    }
  g_assert_null (wd_bullmq_queue_new ("", "q", NULL));
}

typedef struct {
  const char *job_id;
  const char *queue;
  const char *id;
} Split;

static void
test_job_id_split (void)
{
  static const Split cases[] = {
    { "gas-topup/12", "gas-topup", "12" },
    { "a/b/7", "a/b", "7" },
    { "12", "default", "12" },
    { "0b2f6a4e-6a53-4d0c", "default", "0b2f6a4e-6a53-4d0c" },
    { "gas-topup/12@1764000000123", "gas-topup", "12@1764000000123" },
    { "gas-topup/12@", "default", "gas-topup/12@" },
    { "gas-topup/12@x", "default", "gas-topup/12@x" },
    { "some/id", "default", "some/id" },
    { "/5", "default", "/5" },
    { "gas-topup/01", "default", "gas-topup/01" },
    { "", NULL, NULL },
    { NULL, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *queue = NULL;
      g_autofree char *id = NULL;
      gboolean found = wd_bullmq_job_id_split (cases[i].job_id, "default", &queue, &id);

      g_assert_cmpint (found, ==, cases[i].id != NULL);
      g_assert_cmpstr (queue, ==, cases[i].queue);
      g_assert_cmpstr (id, ==, cases[i].id);
    }
}

static void
test_job_id_join (void)
{
  g_autofree char *joined = wd_bullmq_job_id_join ("gas-topup", "12");
  g_autofree char *past = wd_bullmq_job_id_of_past (joined, G_GINT64_CONSTANT (1764000000123999));

  g_assert_cmpstr (joined, ==, "gas-topup/12");
  g_assert_cmpstr (past, ==, "gas-topup/12@1764000000123");
}

static void
test_workers (void)
{
  /* "jobs" is am9icw== in base64; the queue's events listener ends in :qe. */
  static const char list[] =
    "id=3 addr=10.0.0.1:4000 name=bull:am9icw== age=12 idle=2 flags=b cmd=bzpopmin\n"
    "id=4 addr=10.0.0.2:4001 name=bull:am9icw==:w:payer age=9 idle=1 flags=b cmd=bzpopmin\n"
    "id=5 addr=10.0.0.2:4002 name=bull:am9icw==:qe age=9 idle=1 flags=b cmd=xread\n"
    "id=6 addr=10.0.0.3:4003 name=bull:am9icw==x age=9 idle=1 cmd=bzpopmin\n"
    "id=7 addr=10.0.0.3:4004 name= age=9 idle=1 cmd=client|list\n"
    "id=8 addr=10.0.0.4:4005 name=other:am9icw== age=9 idle=1 cmd=brpoplpush\n";
  WdBullmqQueue queues[] = { { (char *) "bull", (char *) "jobs" },
                             { (char *) "other", (char *) "jobs" } };
  g_autoptr (GPtrArray) workers =
    wd_bullmq_workers_parse (list, strlen (list), queues, G_N_ELEMENTS (queues));
  const WdBullmqWorker *worker;

  g_assert_cmpuint (workers->len, ==, 3);
  worker = g_ptr_array_index (workers, 0);
  g_assert_null (worker->name);
  g_assert_cmpstr (worker->address, ==, "10.0.0.1:4000");
  g_assert_cmpint (worker->age, ==, 12);
  g_assert_cmpint (worker->idle, ==, 2);
  worker = g_ptr_array_index (workers, 1);
  g_assert_cmpstr (worker->name, ==, "payer");
  g_assert_cmpuint (worker->queue, ==, 0);
  g_assert_false (worker->waits_the_old_way);
  worker = g_ptr_array_index (workers, 2);
  g_assert_cmpuint (worker->queue, ==, 1);
  g_assert_true (worker->waits_the_old_way);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bullmq/names/job-ids", test_job_ids);
  g_test_add_func ("/bullmq/names/job-keys", test_job_keys);
  g_test_add_func ("/bullmq/names/queues", test_queue_names);
  g_test_add_func ("/bullmq/names/split", test_job_id_split);
  g_test_add_func ("/bullmq/names/join", test_job_id_join);
  g_test_add_func ("/bullmq/names/workers", test_workers);
  return g_test_run ();
}
