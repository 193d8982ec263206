/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/common/wd-spin.h"

/**
 * wd_spin_get_typed:
 * @spin: a spin button
 *
 * A spin button takes what is typed only when the focus leaves it: a button that waits for a change
 * would stay grey until then. Its signal `changed` tells of each key.
 *
 * Returns: the number that stands there, within its range; its value where none does
 */
double
wd_spin_get_typed (GtkSpinButton *spin)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (spin));
  char *end;
  double number = g_strtod (text, &end);
  double lower, upper;

  if (end == text || *end != '\0')
    return gtk_spin_button_get_value (spin);
  gtk_spin_button_get_range (spin, &lower, &upper);
  return CLAMP (number, lower, upper);
}
