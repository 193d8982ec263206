# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The mouse of whoever sits in front of a window."""

import itertools
import os
import subprocess
import sys
import time

from fixtures.processes import dies_with_parent

FOLDER = os.path.dirname(os.path.abspath(__file__))
DRAG_SECONDS = 30.0


class Pointer:
    """What a window.Window does with the mouse."""

    def point(self, path, aside=0, below=0):
        """Puts the pointer on the middle of the node with PATH, or some pixels from there."""
        x, y, width, height = self.screen_extents(path)
        self._xdotool("mousemove", x + width // 2 + aside, y + height // 2 + below)

    def press(self, path, **where):
        """Clicks with the mouse."""
        self.point(path, **where)
        self.press_there()

    def press_there(self):
        """Clicks where the pointer is."""
        self._xdotool("click", 1)

    def press_still(self, path):
        """Clicks with the mouse once what has PATH moves no more."""
        places = [None, None]

        def rests():
            places.append(self.screen_extents(path))
            return places[-1] == places[-2] == places[-3]

        self.wait(rests, "rest")
        self.press(path)

    def drag(self, x, top, bottom, to=None):
        """Takes what is at the place X, TOP down to BOTTOM, and aside where TO, in a few moves."""
        aside = 0 if to is None else to - x
        self._xdotool("mousemove", x, top, "mousedown", 1)
        for step in range(1, 9):
            self._xdotool("mousemove", x + aside * step // 8, top + (bottom - top) * step // 8)
            time.sleep(0.02)
        self._xdotool("mouseup", 1)

    def linger(self, seconds):
        """Moves the pointer to and fro where it is, for so long, as somebody does who drags.

        What takes a thing is found at one move, asked at the next, and what it has answered is
        known at one of those after it: how many that are differs between versions of GTK.
        """
        pause = ("sleep", seconds / 6)
        moves = [("mousemove_relative", "--sync", "--", aside, 0, *pause) for aside in (1, -1) * 3]
        self._xdotool(*pause, *itertools.chain(*moves))

    def turn_wheel(self, path, clicks, delay):
        """Turns the wheel down over the node with PATH, a click each DELAY milliseconds."""
        self.point(path)
        self._xdotool("click", "--repeat", clicks, "--delay", delay, 5)

    def drop_file(self, path, x, y):
        """Drags a file from another program's window, which stands below this one.

        What the window answers while the pointer moves is between the two programs: when it came
        too late, the pointer lingers for longer the next time.
        """
        if not any(self._drag(path, x, y, rest) for rest in (0.3, 0.6, 2, 5)):
            raise AssertionError("the file was not taken")

    def _drag(self, path, x, y, rest):
        with subprocess.Popen([sys.executable, os.path.join(FOLDER, "drag_source.py"), path],
                              stdin=subprocess.DEVNULL, preexec_fn=dies_with_parent()) as source:
            top = int(self.size.split("x")[1]) + 10
            self._xdotool("windowmove", "--sync", self._other_window("Drag Source"), 0, top)
            self._xdotool("mousemove", "--sync", 60, top + 30, "mousedown", 1)
            for step in range(1, 11):
                self._xdotool("mousemove", "--sync", 60 + (x - 60) * step // 10,
                              top + 30 + (y - top - 30) * step // 10)
            self.linger(rest)
            self._xdotool("mouseup", 1)
            try:
                return source.wait(DRAG_SECONDS) == 0
            finally:
                source.kill()
