/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a remote dashboard does not serve, and why; the one place that knows. */

#include "rest/wd-rest-lacks.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"

/**
 * wd_rest_lack_reason:
 * @ability: what is lacking
 *
 * Returns: why, translated
 */
const char *
wd_rest_lack_reason (WdAbility ability)
{
  static const char *const reasons[WD_N_ABILITIES] = {
    [WD_ABILITY_WRITE] = N_("The token of this remote dashboard may only look: to change anything "
                            "takes one of the role operator, and a service that may write"),
    [WD_ABILITY_QUEUES] = N_("A remote dashboard does not show its queues: that takes a connection "
                             "to Redis"),
    [WD_ABILITY_PAUSE] = N_("The token of this remote dashboard does not allow queues to be paused "
                            "and resumed: that takes one of the role admin"),
    [WD_ABILITY_QUEUE_JOBS] = N_("A remote dashboard does not show which jobs stand in its queues: "
                                 "that takes a connection to Redis"),
    [WD_ABILITY_OUTBOX] = N_("A remote dashboard delivers its jobs itself and does not show which "
                             "are outstanding"),
    [WD_ABILITY_BULK] = N_("A remote dashboard takes jobs one by one: bulk work takes a connection "
                           "to the database"),
    [WD_ABILITY_DRIFT] = N_("Rows and queues can only be compared with connections to both"),
    [WD_ABILITY_CHARTS] = N_("A remote dashboard does not count what happened when: charts take a "
                             "connection to the database"),
    [WD_ABILITY_ERRORS] = N_("A remote dashboard does not group errors: that takes a connection to "
                             "the database"),
    [WD_ABILITY_HEALTH] = N_("A remote dashboard does not tell what is stuck: that takes a "
                             "connection to the database"),
    [WD_ABILITY_AUDIT] = N_("A remote dashboard does not show who did what"),
    [WD_ABILITY_EXPORT] = N_("A remote dashboard gives no whole set as of one moment: an export "
                             "takes a connection to the database"),
    [WD_ABILITY_MIGRATE] = N_("The database of a remote dashboard is migrated where it is"),
  };

  return _(reasons[ability]);
}

/**
 * wd_rest_server_get_lack:
 * @server: what is known of a remote dashboard
 * @ability: what is wanted of it
 *
 * Returns: (nullable): why it cannot do that, translated; %NULL where it can. Of one that has not
 *   answered yet only what all do is known
 */
const char *
wd_rest_server_get_lack (WdRestServer *server, WdAbility ability)
{
  WdOffers offers = wd_rest_server_get_offers (server);

  /* Whoever may write may begin bulk runs; one that tells of none does not tell who may. */
  if (ability == WD_ABILITY_WRITE)
    return (offers & WD_OFFER_BULK) == 0 || (offers & WD_OFFER_BULK_RUN) != 0
             ? NULL : wd_rest_lack_reason (ability);
  if ((ability == WD_ABILITY_BULK && (offers & WD_OFFER_BULK_RUN) != 0)
      || (ability == WD_ABILITY_ERRORS && (offers & WD_OFFER_ERRORS) != 0))
    return NULL;
  if (ability == WD_ABILITY_BULK && (offers & WD_OFFER_BULK) != 0)
    return _("This remote dashboard does not allow bulk work: that takes a token of the role "
             "operator, and a service that may write");
  if ((offers & WD_OFFER_QUEUES) == 0)
    return wd_rest_lack_reason (ability == WD_ABILITY_PAUSE ? WD_ABILITY_QUEUES : ability);
  if (ability == WD_ABILITY_QUEUES
      || (ability == WD_ABILITY_PAUSE && (offers & WD_OFFER_PAUSE) != 0))
    return NULL;
  return wd_rest_lack_reason (ability);
}

/**
 * wd_rest_lack_check:
 * @client: whom to ask
 * @ability: what is wanted of it
 * @cancellable: (nullable): a cancellable
 * @error: it cannot be reached, or %WD_ERROR_NOT_SUPPORTED with why it does not do that
 *
 * Worker.
 */
gboolean
wd_rest_lack_check (WdRestClient *client, WdAbility ability, GCancellable *cancellable,
                    GError **error)
{
  const char *lack;

  if (!wd_rest_client_get_acquainted (client, cancellable, error))
    return FALSE;
  lack = wd_rest_server_get_lack (wd_rest_client_get_server (client), ability);
  if (lack != NULL)
    g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED, lack);
  return lack == NULL;
}
