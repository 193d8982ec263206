/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-health.h"

#include "wire/wd-wire-value.h"

static void
write_finding (WdJsonWriter *writer, const WdFinding *finding)
{
  g_autofree char *message = wd_finding_describe (finding, NULL);

  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "kind", wd_finding_kind_word (finding->kind));
  wd_json_writer_string_member (writer, "queue", finding->queue);
  wd_json_writer_string_member (writer, "job_type", finding->job_type);
  wd_wire_time_member (writer, "since", finding->since);
  wd_json_writer_int_member (writer, "count", finding->count);
  wd_json_writer_boolean_member (writer, "at_least", finding->at_least);
  wd_wire_count_member (writer, "connected_workers", finding->workers);
  wd_wire_strings_member (writer, "job_ids", (const char *const *) finding->job_ids);
  wd_json_writer_string_member (writer, "message", message);
  wd_json_writer_string_member (writer, "advice", wd_finding_get_advice (finding));
  wd_json_writer_end_object (writer);
}

static void
write_trouble (WdJsonWriter *writer, const char *word, const WdTroubleCount *count)
{
  gboolean more = count->n > WD_WALLET_TROUBLE_MOST;

  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "trouble", word);
  wd_wire_count_member (writer, "count", more ? WD_WALLET_TROUBLE_MOST : count->n);
  wd_json_writer_boolean_member (writer, "at_least", more);
  wd_wire_time_member (writer, "since", count->since);
  wd_json_writer_end_object (writer);
}

/**
 * wd_wire_health_members:
 * @writer: a writer inside an object
 * @health: what is wrong
 */
void
wd_wire_health_members (WdJsonWriter *writer, const WdHealth *health)
{
  wd_json_writer_name (writer, "findings");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < health->findings->len; i++)
    write_finding (writer, health->findings->pdata[i]);
  wd_json_writer_end_array (writer);
  wd_json_writer_name (writer, "unread_queues");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < health->unread->len; i++)
    wd_json_writer_string (writer, health->unread->pdata[i]);
  wd_json_writer_end_array (writer);
  wd_json_writer_name (writer, "wallets_in_trouble");
  wd_json_writer_begin_array (writer);
  write_trouble (writer, WD_WALLET_TROUBLE_ANY, &health->wallets_in_trouble);
  for (int kind = 0; kind < WD_N_WALLET_TROUBLES; kind++)
    write_trouble (writer, wd_wallet_trouble_word (kind), &health->wallets[kind]);
  wd_json_writer_end_array (writer);
}

/**
 * wd_wire_health_limits_member:
 * @writer: a writer inside an object
 * @limits: from where on something is wrong; each under the name of its setting
 */
void
wd_wire_health_limits_member (WdJsonWriter *writer, const WdHealthLimits *limits)
{
  gsize n_limits;
  const WdHealthLimit *all = wd_health_limits_get_all (&n_limits);

  wd_json_writer_name (writer, "limits");
  wd_json_writer_begin_object (writer);
  for (gsize i = 0; i < n_limits; i++)
    wd_json_writer_int_member (writer, all[i].name, wd_health_limits_get (limits, &all[i]));
  wd_json_writer_end_object (writer);
}
