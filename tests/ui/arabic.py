# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A window in Arabic, from right to left; tests look for the same texts in it as in any other."""

import gettext
import os
import re

import window as harness
from fixtures.locales import locale_path

DOMAIN = "worker-dashboard"


class ArabicWindow(harness.Window):
    """A window whose texts a test must name as the catalogue says them."""

    kind = "arabic"

    @staticmethod
    def say(text):
        path = os.path.join(harness.build_folder(), "po", "ar", "LC_MESSAGES", f"{DOMAIN}.mo")
        with open(path, "rb") as file:
            return gettext.GNUTranslations(file).gettext(text)

    def __init__(self, environment, **options):
        super().__init__(environment, **{
            **options, **dict.fromkeys(filter(re.compile("LC_").match, os.environ), None),
            "LC_ALL": None, "LANG": "ar_EG.UTF-8", "LOCPATH": locale_path("ar_EG"),
            "LANGUAGE": "ar", "WD_LOCALEDIR": os.path.join(harness.build_folder(), "po")})
