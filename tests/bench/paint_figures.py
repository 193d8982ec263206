# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A list of millions of jobs as its window paints it: after a choice in a filter, at any place that
the scroll bar is dragged to, and under the wheel at full speed."""

import os
import random
import re
import subprocess
import sys
import time

from fixtures.display import Display
from fixtures.processes import FixtureError, dies_with_parent, wait_until

from . import window_figures

sys.path.append(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "ui"))

from window import Window  # noqa: E402

# A window that shows the end of its list paints hardly any.
LEAST_FRAMES_PER_SECOND = 10
# Then what was done has changed nothing.
SECONDS = 3
FILTERS = ("Status", "Type", "Trigger")
# Choices of each menu, without the one that takes all others back.
LEAST_CHOICES = 4


class Hand:
    """An xdotool that does what it is told by lines, so that none waits for its start."""

    def __init__(self):
        self._process = subprocess.Popen(["xdotool", "-"], stdin=subprocess.PIPE, text=True,
                                         preexec_fn=dies_with_parent())

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self._process.stdin.close()
        self._process.wait()

    def do(self, line):
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def painted(window):
    """Returns when rows were painted after another choice or place, in microseconds."""
    return [int(stamp) for stamp in re.findall(r"^rows-painted (\d+)$", window.log(), re.MULTILINE)]


def rest(window):
    """Returns how often rows were painted, once that has ended."""
    while True:
        before = len(painted(window))
        time.sleep(0.3)
        if len(painted(window)) == before:
            return before


def timed(window, hand, line):
    """Returns the milliseconds from what HAND does to the rows that it is answered with; None when
    it changes nothing, as a choice of all does where all are shown."""
    before = rest(window)
    began = time.monotonic()
    hand.do(line)
    end = began + SECONDS
    while len(painted(window)) <= before:
        if time.monotonic() > end:
            return None
        time.sleep(0.002)
    # Both are times of the monotonic clock.
    return painted(window)[before] / 1000 - began * 1000


class Places:
    """Where in the window is what the hand takes: looked up in one that says so, since a window
    that tells assistive technology of every row has more to do than most have."""

    def __init__(self, environment):
        with Window(environment, page="jobs") as window:
            table = window.wait(lambda: window.tree().find("tree table", "Jobs"), "table").path
            _header, rows = window.bus.children(window.owner, [table])[0]
            x, self.top, width, self.height = window.screen_extents(rows)
            self.slider = x + width - 4
            self.filters = []
            for name in FILTERS:
                button = window.find("push button", re.compile(name + ": .*"))
                x, y, width, height = window.screen_extents(button.path)
                self.filters.append((x + width // 2, y + height // 2))


class Silent(Window):
    """A window that tells assistive technology nothing, and is found by its X window alone."""

    def _appear(self):
        pass


def measure_choices(window, hand, places, n_choices):
    """Ticks and unticks in the menus by chance: any combination may come."""
    chance = random.Random(7)
    times = []
    while len(times) < n_choices:
        x, y = chance.choice(places.filters)
        hand.do(f"mousemove {x} {y} click 1")
        time.sleep(0.5)
        for _ in range(6):
            for _ in range(chance.randint(1, LEAST_CHOICES)):
                hand.do("key Tab")
            times.append(timed(window, hand, "key space"))
        times = [took for took in times if took is not None]
        hand.do("key Escape")
        time.sleep(0.5)
    return times


def measure_drags(window, hand, places, n_places):
    """Holds the slider and takes it anywhere, all the list being in reach."""
    chance = random.Random(8)
    hand.do(f"mousemove {places.slider} {places.top + places.height // 2}")
    time.sleep(1)
    hand.do(f"mousemove {places.slider} {places.top + 8} mousedown 1")
    times = []
    for _ in range(n_places):
        y = places.top + chance.randint(20, places.height - 20)
        times.append(timed(window, hand, f"mousemove {places.slider} {y}"))
    hand.do("mouseup 1")
    if times.count(None) > n_places // 10:
        raise FixtureError("the slider was dragged and no rows were painted")
    return [took for took in times if took is not None]


def wait_for_pass(stack):
    """Returns once nothing was asked of the database for a while."""
    connection = stack.postgres.connect()
    with connection.cursor() as cursor:
        def calm():
            for _ in range(20):
                cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' "
                               "AND pid <> pg_backend_pid() AND backend_type = 'client backend'")
                if cursor.fetchone()[0]:
                    return False
                time.sleep(0.05)
            return True

        wait_until(calm, 120, "an end of the pass over the list")
    connection.close()


def measure_painting(table, stack, environment, quick):
    """From what the hand does to the frame with all the rows in sight."""
    places = Places(environment)
    silent = {**environment, "GTK_A11Y": "none", "WD_TIMING": "2"}
    with Silent(silent, page="jobs") as window, Hand() as hand:
        window.wait(lambda: painted(window), "rows")
        measure_choices(window, hand, places, 12)
        times = measure_choices(window, hand, places, 30 if quick else 180)
    table.add("paint-first", percentile(times, 0.95),
              f"first rows painted after {len(times)} choices in the filters, p95")
    table.add("paint-first-worst", max(times), "  the slowest of them")
    with Silent(silent, page="jobs") as window, Hand() as hand:
        window.wait(lambda: painted(window), "rows")
        # To the middle: from then on every place becomes known.
        measure_drags(window, hand, places, 3)
        wait_for_pass(stack)
        times = measure_drags(window, hand, places, 20 if quick else 100)
    table.add("paint-drag", percentile(times, 0.95),
              f"rows painted at {len(times)} places the slider was dragged to, p95")
    table.add("paint-drag-worst", max(times), "  the slowest of them")


def turn_wheel(window, hand, seconds):
    """Turns it faster than a hand, two clicks a frame, until SECONDS are over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        hand.do("click --repeat 50 --delay 8 5")
        time.sleep(0.4)
        if window.process.poll() is not None:
            raise FixtureError("the window ended while it was scrolled")


def measure_scrolling(table, environment, quick):
    """The wheel for a minute."""
    seconds = 5 if quick else 60
    with window_figures.Window(environment, window_figures.dashboard(),
                               *window_figures.JOBS_PAGE) as window, Hand() as hand:
        window.wait_until_calm()
        hand.do("mousemove 700 400")
        turn_wheel(window, hand, 2)
        before = window.memory()
        turn_wheel(window, hand, seconds)
        grown = window.memory() - before
        said = window.finish()
    frames = re.search(r"^frames (\d+) late (\d+) very-late (\d+)$", said, re.MULTILINE)
    if not frames or int(frames[1]) < LEAST_FRAMES_PER_SECOND * seconds:
        raise FixtureError(f"the window did not scroll: {said!r}")
    table.add("list-late", int(frames[2]) * 100 / int(frames[1]),
              f"of {frames[1]} frames while scrolling came after 33 ms")
    table.add("list-very-late", int(frames[3]), "  and after 100 ms")
    table.add("list-memory", grown, "PSS grown while scrolling")


def measure(table, stack, quick):
    """Fills TABLE with what the window does with the long lists of STACK."""
    with Display() as display:
        # The hand and the eyes of tests look for them there.
        os.environ.update(display.environment())
        environment = {**stack.environment(), "GSK_RENDERER": "cairo",
                       "GSETTINGS_SCHEMA_DIR": os.path.join(os.environ["WD_BUILD_DIR"], "data")}
        measure_painting(table, stack, environment, quick)
        measure_scrolling(table, environment, quick)
