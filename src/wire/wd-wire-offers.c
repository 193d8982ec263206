/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-offers.h"

static const struct {
  WdOffers offer;
  const char *word;
} words[] = {
  { WD_OFFER_CURSOR, "cursor" },
  { WD_OFFER_SEARCH, "search" },
  { WD_OFFER_EVENTS, "events" },
  { WD_OFFER_QUEUES, "queues" },
  { WD_OFFER_PAUSE, "pause" },
  { WD_OFFER_BULK, "bulk" },
  { WD_OFFER_BULK_RUN, "bulk-run" },
  { WD_OFFER_FILTER, "filter" },
  { WD_OFFER_ERRORS, "errors" },
};

/**
 * wd_wire_offers_to_text:
 * @offers: what a server can do
 *
 * Returns: (transfer full): it as the value of a header
 */
char *
wd_wire_offers_to_text (WdOffers offers)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if ((offers & words[i].offer) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", words[i].word);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * wd_wire_offers_from_text:
 * @text: (nullable): the value of a header
 *
 * Returns: what the server can do; words that are not known are left out
 */
WdOffers
wd_wire_offers_from_text (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ",", 100);
  WdOffers offers = 0;

  for (char **part = parts; *part != NULL; part++)
    for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
      if (g_str_equal (g_strstrip (*part), words[i].word))
        offers |= words[i].offer;
  return offers;
}
