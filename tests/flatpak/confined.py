# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The window of an installed Flatpak, a Wayland display for it, and steps in it."""

import os
import shutil
import subprocess
import tempfile

from accessibility import ROOT, AccessibilityBus
from connection_case import button
from fixtures.processes import Server, dies_with_parent, program
from node import ACCESSIBLE
from window import Window

SIZE = "1200x800"
SECONDS = 60


class Weston:
    """A headless Wayland compositor; a context manager. `environment` is how programs find it."""

    SOCKET = "wayland-wd"

    def __init__(self, household):
        self._server = Server(household, "weston")
        # Room for the panel above the window and for where it is put.
        width, height = (int(side) + 100 for side in SIZE.split("x"))
        self._server.launch(
            [program("weston"), "--backend=headless-backend.so", "--use-pixman", "--debug",
             f"--width={width}", f"--height={height}", f"--socket={self.SOCKET}", "--idle-time=0"],
            lambda: os.path.exists(os.path.join(os.environ["XDG_RUNTIME_DIR"], self.SOCKET)))

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self._server.stop()

    def environment(self):
        return {"WAYLAND_DISPLAY": self.SOCKET, "GDK_BACKEND": "wayland"}


class Confined(Window):
    """The window of an installed Flatpak, which no variable of ours says where its servers are.

    One that is started BY_DESKTOP ends as it does for people, not with whoever started it.
    VARIABLES are the program's, within the sandbox.
    """

    def __init__(self, name, folder, environment,  # pylint: disable=super-init-not-called
                 by_desktop=False, **variables):
        self._folder = folder
        self._wayland = "WAYLAND_DISPLAY" in environment
        self.size = SIZE
        self._environment = {**os.environ, **environment}
        # Settings are kept as they are in a sandbox.
        del self._environment["GSETTINGS_BACKEND"]
        self._log_path = os.path.join(folder, "window.log")
        with open(self._log_path, "ab") as log:
            self.process = subprocess.Popen(  # pylint: disable=consider-using-with
                ["flatpak", "run", "--user", *([] if by_desktop else ["--die-with-parent"]),
                 "--env=LC_ALL=C.UTF-8", "--env=G_DEBUG=fatal-criticals",
                 *(f"--env={key}={value}" for key, value in variables.items()),
                 name, f"--size={SIZE}"],
                env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=dies_with_parent())
        self.bus = AccessibilityBus()
        self.owner = None
        try:
            self._appear()
        except BaseException:
            self.close()
            raise

    def _appear(self):
        """The bus knows only Flatpak's proxy, not the process: it is the only program there."""
        def owner():
            (children,) = self.bus.call("org.a11y.atspi.Registry", ROOT, ACCESSIBLE, "GetChildren")
            return next((owner for owner, _path in children), None)

        self.owner = self.wait(owner, "the window")
        self.wait(lambda: self.tree().find("frame"), "the window's frame")

    def wait(self, condition, what, seconds=SECONDS):
        """Longer than in tests: a sandbox begins with nothing in its caches."""
        try:
            return super().wait(condition, what, max(seconds, SECONDS))
        except AssertionError:
            self._tell_tree()
            raise

    def _tell_tree(self):
        """Writes what AT-SPI said when something was not there, beside the pictures."""
        if self.owner is None or self.process.poll() is not None:
            return
        with open(os.path.join(self._folder, "failure.txt"), "w", encoding="utf-8") as text:
            for node in self.tree().walk():
                text.write(f"{'  ' * (len(node.line()) - 1)}{node}"
                           f"{'' if node.is_shown() else ' (hidden)'}\n")

    def open_link(self, kind, subject, connection=None):
        """Opens a link as the desktop does: the program is started again, in a second sandbox."""
        link = f"worker-dashboard://{kind}/{subject}"
        if connection is not None:
            link += f"?connection={connection}"
        subprocess.run(["flatpak", "run", "--user", "--die-with-parent", self.name(), link],
                       check=True, stdin=subprocess.DEVNULL, timeout=SECONDS)

    def run_beside(self, *argv, **variables):
        """Runs a program in a sandbox of the same rights; returns its exit code and its output."""
        argv = ["flatpak", "run", "--user", "--die-with-parent", f"--command={argv[0]}",
                *(f"--env={name}={value}" for name, value in variables.items()),
                self.name(), *argv[1:]]
        done = subprocess.run(argv, env=self._environment, check=False, timeout=SECONDS, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        return done.returncode, done.stdout

    def close(self):
        if self.process.poll() is None:
            # The program, not only who started it.
            subprocess.run(["flatpak", "kill", self.name()], check=False, stderr=subprocess.DEVNULL)
            self.process.terminate()
        self.process.wait()

    def name(self):
        return self.process.args[-2]

    def screenshot(self, name, other=None, keyboard=True):
        """Without the check of each stop, which the tests of the window make."""
        return self.picture(name)

    def picture(self, name, other=None):
        path = os.path.join(self._folder, f"{name}.png")
        if not self._wayland:
            subprocess.run(["import", "-silent", "-window", "root", path], check=True)
            return path
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["weston-screenshooter"], check=True, cwd=folder,
                           env={**os.environ, "WAYLAND_DISPLAY": Weston.SOCKET})
            (shot,) = os.listdir(folder)
            shutil.move(os.path.join(folder, shot), path)
        return path


def press(window, text, dialog, picture):
    """Clicks on a button of DIALOG once it can be pressed, and takes a picture before."""
    def found():
        node = window.find("push button", button(text), within=("dialog", dialog))
        return node if node.has("sensitive") else None

    node = window.wait(found, f"{text} that can be pressed")
    window.screenshot(picture)
    node.click()


def trigger(window, store, connection=None, picture=""):
    """A job for a wallet that has none under way; returns once the window says that it is done.

    STORE is a connection to the database, CONNECTION what the link names, if it names one.
    """
    with store, store.cursor() as cursor:
        cursor.execute("SELECT address FROM user_wallets WHERE address NOT IN "
                       "(SELECT wallet_address FROM job_logs WHERE wallet_address IS NOT NULL "
                       "AND completed_at IS NULL) LIMIT 1")
        (wallet,) = cursor.fetchone()
        window.open_link("wallet", wallet, connection)
        window.find("push button", "Gas Top-up…")
        window.screenshot(f"{picture}wallet")
        window.click("push button", "Gas Top-up…")
        window.find("label", wallet, within=("dialog", "Trigger Job"))
        press(window, "Trigger Job", "Trigger Job", f"{picture}trigger")
        window.find("label", "Gas top-up queued for 1 wallet")
        window.click("push button", button("Show"))

        def status():
            cursor.execute("SELECT status FROM job_logs WHERE wallet_address = %s AND "
                           "triggered_by = 'manual' ORDER BY created_at DESC LIMIT 1", (wallet,))
            return cursor.fetchone()[0]

        window.wait(lambda: status() == "completed", status)
        window.find("label", "Completed")
        window.screenshot(f"{picture}job")
