# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs worker-dashboard in a private session and finds its way by what the window says."""

import contextlib
import itertools
import os
import re
import signal
import subprocess
import sys
import time
import unittest

import crawl
from accessibility import ROOT, AccessibilityBus
from fixtures.processes import FixtureError, dies_with_parent, wait_until
from pointer import Pointer

FOLDER = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(FOLDER))
SCREEN = "1280x900"
SECONDS = 30.0


def build_folder():
    return os.environ.get("WD_BUILD_DIR") or os.path.join(SOURCE, "build")


def main(screen=SCREEN):
    """Runs the tests of the calling file, in a display and a session of their own."""
    if "WD_UI_SESSION" not in os.environ:
        os.environ["WD_UI_SESSION"] = "1"
        os.environ.pop("NO_AT_BRIDGE", None)
        os.execv(os.path.join(SOURCE, "tests", "fixtures", "with-display"),
                 ["with-display", f"--size={screen}", "--", sys.executable, *sys.argv])
    unittest.main(verbosity=2)


class Window(Pointer):
    """A running worker-dashboard; a context manager.

    Every search waits until what is wanted is there, at most SECONDS.
    """

    # What its connection is, where the same pages offer something else by that: see crawl.check().
    kind = ""
    # How the program says a text, and what it means by one: see wordy.py.
    say = staticmethod(str)
    understand = staticmethod(str)

    def __init__(self, environment, page=None, size="1200x800", arguments=(), **changes):
        argv = [os.path.join(build_folder(), "src", "app", "worker-dashboard"), *arguments]
        if size:
            argv.append(f"--size={size}")
        if page:
            argv.append(f"--page={page}")
        variables = {**os.environ, **environment, "G_DEBUG": "fatal-warnings",
                     "GSETTINGS_SCHEMA_DIR": os.path.join(build_folder(), "data"),
                     "LC_ALL": "C.UTF-8", "LANGUAGE": "C", **changes}
        variables = {name: value for name, value in variables.items() if value is not None}
        # Without a size it has the one it had last, which is this one at first.
        self.size = size or "1200x800"
        self._log_path = os.path.join(os.environ["XDG_RUNTIME_DIR"], f"window-{time.time_ns()}.log")
        with open(self._log_path, "wb") as log:
            self.process = subprocess.Popen(  # pylint: disable=consider-using-with
                argv, env=variables, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=dies_with_parent())
        self.bus = AccessibilityBus(self.understand)
        self.owner = None
        try:
            self._appear()
            self.focus()
        except BaseException:
            self.close()
            raise

    def _appear(self):
        self.owner = self.wait(lambda: self.bus.application(self.process.pid), "the window")
        self.wait(lambda: self.tree().find("frame"), "the window's frame")

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.close()

    def log(self):
        with open(self._log_path, encoding="utf-8", errors="replace") as log:
            return log.read()

    def close(self):
        """Ends the program; fails when it had said anything, since nothing may go wrong."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.send_signal(signal.SIGCONT)
        self.process.wait()

    def wait(self, condition, what, seconds=SECONDS):
        """Waits for CONDITION () to be true, and fails at once when the program is gone.

        WHAT is a text, or says in one what is there instead.
        """
        def check():
            if self.process.poll() is not None:
                raise AssertionError(f"worker-dashboard ended with {self.process.returncode}:\n"
                                     + self.log())
            return condition()

        try:
            return wait_until(check, seconds, "that")
        except FixtureError as error:
            self.picture("failure")
            raise AssertionError(f"no {what() if callable(what) else what}: {error}") from error

    def tree(self):
        return self.bus.tree(self.owner)

    # Finding

    def find(self, role=None, name=None, within=None, seconds=SECONDS):
        """Returns the first node of a role with a name (a string or a pattern), once it shows.

        WITHIN is the (role, name) of something that holds it.
        """
        looks = itertools.cycle((self.bus.glance, self.bus.tree))

        def look():
            place = next(looks)(self.owner)
            if within:
                place = place.find(*within)
            for node in place.all(role, name) if place else ():
                if node.is_shown():
                    return self.bus.renew(node)
            return None

        return self.wait(look, f"{role or 'anything'} {name or ''}", seconds)

    def find_calm(self, role, name):
        """Returns it once it moves no more."""
        before = None

        def look():
            nonlocal before
            time.sleep(0.1)
            node = self.find(role, name)
            now = node.extents()
            before, is_calm = now, now == before
            return node if is_calm else None

        return self.wait(look, f"rest of {name}")

    def is_there(self, role=None, name=None):
        """True when there is such a node on screen now."""
        return any(node.is_shown() for node in self.tree().all(role, name))

    def wait_gone(self, role=None, name=None, seconds=SECONDS):
        self.wait(lambda: not self.is_there(role, name), f"end of {role} {name}", seconds)

    def title(self):
        """What the header says is on screen."""
        frame = self.wait(lambda: self.bus.glance(self.owner).find("frame"), "the window")
        return self.title_of(frame) or self.title_of(self.bus.renew(frame))

    @staticmethod
    def title_of(frame):
        # The header comes first in the window, and only buttons stand in front of the title there.
        return next((node.name for node in frame.all("label", re.compile(".+"))
                     if not any(holder.role == "push button" for holder in node.line())
                     and node.is_shown()), None)

    # Doing

    def click(self, role, name, within=None):
        self.find(role, name, within).click()

    def _xdotool(self, *arguments):
        return subprocess.run(["xdotool", *map(str, arguments)], check=True, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE).stdout

    @staticmethod
    def _ask_xdotool(*arguments):
        """Returns what it finds, which may be nothing."""
        return subprocess.run(["xdotool", *arguments], check=False, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.split()

    def _visible(self):
        """The X windows of the program."""
        return self._ask_xdotool("search", "--onlyvisible", "--pid", str(self.process.pid))

    def focus(self):
        """There is no window manager that would do it."""
        self._window = self.wait(self._visible, "the X window")[0]
        self._xdotool("windowfocus", "--sync", self._window)

    @contextlib.contextmanager
    def keyboard_at(self, title):
        """Lets keys go to the dialog with TITLE, or to the window, and then where they went."""
        before = self._ask_xdotool("getwindowfocus")
        if title is None:
            self._xdotool("windowfocus", "--sync", self._window)
        else:
            self.focus_other(title)
        yield
        if before and before[0] in self._visible():
            self._xdotool("windowfocus", "--sync", before[0])

    def key(self, *names):
        """Presses keys, such as `ctrl+1`."""
        self._xdotool("key", "--clearmodifiers", *names)

    def type(self, text):
        """Types it into what has the focus."""
        self._xdotool("type", "--clearmodifiers", text)

    def move_to(self, role, name, key="Tab", press=True):
        """Presses KEY until the focus is on a control, which then is pressed with the space bar."""
        for _attempt in range(40):
            node = self.find(role, name)
            if node.has("focused"):
                if press:
                    self.key("space")
                return
            before = self.focused()
            self.key(key)
            self.wait(lambda before=before: self.focused() != before, "move of the focus")
        raise AssertionError(f"the keyboard does not get to {role} {name}")

    def focused_node(self):
        """Returns what has the keyboard focus: each window has its own, and that of a dialog comes
        last."""
        return next((node for node in reversed(list(self.tree().walk())) if node.has("focused")),
                    None)

    def focused(self):
        """Returns the path of what has the keyboard focus."""
        node = self.focused_node()
        return node and node.path

    def screen_extents(self, path):
        """Returns x, y, width and height on the screen, at whose corner the window stands."""
        x, y, width, height = self.bus.extents(self.owner, path)
        margin_x, margin_y = self._margin()
        if self._holds_padding():
            right, down = self.bus.paddings(self.owner, path)
            x, y = x + right, y + down
        return margin_x + x, margin_y + y, width, height

    def frame_extents(self):
        """Returns x, y, width and height of what is in the window, apart from dialogs."""
        return self.bus.extents(self.owner, self._frame())

    def _frame(self):
        """The path of the window, which comes before its dialogs."""
        return self.bus.children(self.owner, [ROOT])[0][0]

    def is_main(self, top):
        """Whether that is the window, and no other nor a dialog."""
        return top.path == self._frame()

    def _margin(self):
        """Where the content begins in the X window: a shadow is drawn around it. To GTK 4.18 the
        shadow is a part of the window, and where it begins counts twice."""
        x, y, width, height = self.frame_extents()
        full_width, full_height = map(int, self.size.split("x"))
        return max(0, full_width - width) // 2 - 2 * x, max(0, full_height - height) // 2 - 2 * y

    def _holds_padding(self):
        """Whether the size of something holds its padding, which in GTK 4.8 it does not."""
        return self.frame_extents()[0] < 0

    def padding(self, pixels):
        """So many PIXELS of padding as extents leave out."""
        return 0 if self._holds_padding() else pixels

    def _others(self, title):
        """The X windows with TITLE, of whichever program; what others wrote is not translated."""
        titles = "|".join(map(re.escape, {title, self.say(title)}))
        return self._ask_xdotool("search", "--onlyvisible", "--name", f"^({titles})$")

    def _other_window(self, title):
        return self.wait(lambda: self._others(title), f"X window {title}")[-1]

    def wait_other_gone(self, title):
        self.wait(lambda: not self._others(title), f"end of X window {title}")

    def focus_other(self, title):
        """Lets keys go to the window with TITLE; returns what X calls it."""
        other = self._other_window(title)
        self._xdotool("windowfocus", "--sync", other)
        return other

    def fit_other(self, other):
        """Gives a dialog no more room than a screen of this window's size has."""
        shell = self._xdotool("getwindowgeometry", "--shell", other)
        now = [int(re.search(rf"{name}=(\d+)", shell)[1]) for name in ("WIDTH", "HEIGHT")]
        size = [min(*pair) for pair in zip(now, map(int, self.size.split("x")))]
        if size != now:
            self._xdotool("windowsize", "--sync", other, *size)

    def choose_file(self, title, path):
        """Types PATH in GTK's file dialog with TITLE, or cancels it when that is None."""
        # GTK 4.8 tells no role of it.
        chooser = self.find(None, title)
        self.focus_other(title)
        if path:
            # The key asks for an entry. What is typed into that GTK completes as it likes.
            self.type("/")

            def entry():
                return next((node for node in self.tree().find(None, title).all("text")
                             if node.is_shown() and node.text().startswith("/")), None)

            self.wait(entry, "entry of the path").set_text(path)
            self.wait(lambda: entry().text() == path, "path")
            self.key("Return")
        else:
            self.key("Escape")
        # A question may follow under the same title.
        self.wait(lambda: not chooser.is_shown(), f"end of {title}")
        self.focus()

    def screenshot(self, name, other=None, keyboard=True):
        """Checks this stop, and takes its picture; KEYBOARD is for crawl.check()."""
        crawl.check(self, keyboard)
        return self.picture(name, other)

    def picture(self, name, other=None):
        """Writes what is on screen, or in another X window, to the build folder; returns where."""
        folder = os.path.join(build_folder(), "screenshots")
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, f"{name}.png")
        what = (other,) if other else ("root", "-crop", f"{self.size}+0+0", "+repage")
        # Zlib's quickest: most of the time would be spent on making the file small.
        subprocess.run(["import", "-silent", "-window", *what, "-quality", "11", path], check=True,
                       stdin=subprocess.DEVNULL)
        return path
