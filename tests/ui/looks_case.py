# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The looks a window can have: sizes, light, dark, contrast, large text; all without animations, as
who cannot bear motion sets it.

GTK's complaints, such as of a widget that gets less room than it needs, end the program.
"""

import contextlib
import os
import subprocess
import unittest

from window import Window
from wordy import MarkedWindow, WordyWindow

WIDE = "1200x800"
NARROW = "720x600"
# What the window needs at least.
SMALLEST = "560x600"
CONTRAST = {"ADW_DEBUG_HIGH_CONTRAST": "1"}
# Name: size, style, variables, dots per inch of text.
LOOKS = {
    "light": (WIDE, "--light", {}, 96),
    "dark": (WIDE, "--dark", {}, 96),
    "narrow": (SMALLEST, "--light", {}, 96),
    "contrast": (WIDE, "--light", CONTRAST, 96),
    "contrast-dark": (WIDE, "--dark", CONTRAST, 96),
    "large-text": (WIDE, "--light", {}, 192),
    "wordy-4k": ("3840x2160", "--light", {}, 96),
    "wordy-narrow": (NARROW, "--light", {}, 96),
}
# By the beginning of their names, those in the languages of nobody, which tell what was cut.
KINDS = {"wordy": WordyWindow, "large-text": MarkedWindow}
STILL = "gtk-enable-animations=0\n"
# What is in the window is the same in the others.
CRAWLED = ("light", "narrow")


class LooksCase(unittest.TestCase):
    """Windows in a look."""

    window = None
    look = None

    @contextlib.contextmanager
    def open(self, look, site, page="overview", **changes):
        """A window upon SITE, which must have had room for all its texts if it tells."""
        self.look = look
        with open(os.path.join(os.environ["XDG_CONFIG_HOME"], "gtk-4.0", "settings.ini"), "r+",
                  encoding="utf-8") as file:
            if STILL not in file.read():
                file.write(STILL)
        size, style, variables, dpi = LOOKS[look]
        subprocess.run(["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set",
                        "RESOURCE_MANAGER", f"Xft.dpi: {dpi}\n"], check=True)
        kind = next((kind for start, kind in KINDS.items() if look.startswith(start)), Window)
        with kind(site.environment(), page=page, size=size, arguments=[style],
                  **{**variables, **changes}) as self.window:
            yield self.window
            if kind is not Window:
                clipped = "\n".join(self.window.clipped(size == NARROW or dpi > 96))
                self.assertFalse(clipped, f"no room for:\n{clipped}")

    def take(self, name, wide=True, keyboard=True):
        """Takes a picture of the window, which must have got along with its size."""
        frame = self.window.frame_extents()
        size = [int(number) for number in self.window.size.split("x")]
        if wide:
            self.assertLessEqual(frame[2:], (size[0], size[1]), "it does not fit")
        self.stop(f"look-{name}", keyboard=keyboard)

    def stop(self, name, other=None, looks=CRAWLED, keyboard=True):
        """Takes a picture, and checks the stop in some LOOKS."""
        if self.look in looks:
            self.window.screenshot(name, other, keyboard)
        else:
            self.window.picture(name, other)
