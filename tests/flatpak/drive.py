#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Drives the installed Flatpak through its main path, by AT-SPI from outside the sandbox.

Started by tools/flatpak: drive.py APPLICATION x11|wayland FOLDER. Under Wayland, in a headless
Weston, nothing but AT-SPI can press a button, so nothing else is used under either. Passwords are
kept by the keyring under X11, and in the sandbox by the secret portal under Wayland.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(SOURCE, "tests"), os.path.join(SOURCE, "tests", "ui")]

from accessibility import ACCESSIBLE, ROOT, AccessibilityBus  # noqa: E402
from connection_case import CONNECTED, button, field  # noqa: E402
from fixtures.display import Display  # noqa: E402
from fixtures.postgres import PASSWORD, PASSWORD_IN_URL  # noqa: E402
from fixtures.processes import FixtureError, Server, dies_with_parent, program  # noqa: E402
from fixtures.runner import exit_on_signals, adopt_orphans, end_descendants  # noqa: E402
from fixtures.wallet_platform import Platform  # noqa: E402
from keyring import Keyring  # noqa: E402
from portals import Portals  # noqa: E402
from window import Window  # noqa: E402

SIZE = "1200x800"
SECONDS = 60
NAME = "Loopback"
# All that the program may do, as Flatpak says it; x11 is for those that do not know fallback-x11.
RIGHTS = """[Context]
shared=network;ipc;
sockets=x11;wayland;fallback-x11;
devices=dri;

[Session Bus Policy]
org.freedesktop.secrets=talk
"""


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
    """The window of an installed Flatpak, which no variable of ours says where its servers are."""

    def __init__(self, name, folder, environment):  # pylint: disable=super-init-not-called
        self._folder = folder
        self._wayland = "WAYLAND_DISPLAY" in environment
        self.size = SIZE
        self._environment = {**os.environ, **environment}
        self._log_path = os.path.join(folder, "window.log")
        with open(self._log_path, "ab") as log:
            self.process = subprocess.Popen(  # pylint: disable=consider-using-with
                ["flatpak", "run", "--user", "--die-with-parent", "--env=LC_ALL=C.UTF-8",
                 "--env=G_DEBUG=fatal-criticals", name, f"--size={SIZE}"],
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

    def open_link(self, kind, subject):
        """Opens a link as the desktop does: the program is started again, in a second sandbox."""
        link = f"worker-dashboard://{kind}/{subject}?connection={NAME}"
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


def find_entry(window, name):
    """What is typed into, in a row with a name: newer versions know it by the row's title."""
    def found():
        rows = window.tree().all("list item", name)
        return rows[0].find("text") if rows else None

    return window.wait(found, f"row {name.pattern}")


def press(window, text, dialog, picture):
    """Clicks on a button of DIALOG once it can be pressed, and takes a picture before."""
    def found():
        node = window.find("push button", button(text), within=("dialog", dialog))
        return node if node.has("sensitive") else None

    node = window.wait(found, f"{text} that can be pressed")
    window.screenshot(picture)
    node.click()


def connect(window, platform, portals):
    """Fills in the dialog and saves. The authority is chosen; then the file is taken away."""
    window.click("push button", button("Connect…"))

    def fill(name, text):
        find_entry(window, name).set_text(text)

    fill(re.compile("Name.*"), NAME)
    fill(field("PostgreSQL", "Address"), platform.postgres.url())
    hint = window.find("label", re.compile(".*flatpak override --user --filesystem=.*"))
    window.screenshot("socket")
    let_in(window, platform, hint.name)
    fill(field("PostgreSQL", "Address"),
         f"postgresql://platform:{PASSWORD_IN_URL}@localhost:{platform.postgres.port}/platform"
         "?sslmode=verify-full")
    fill(field("Redis", "Address"), platform.redis.tls_url())
    lend(window, platform, portals)
    press(window, "Save", "Connection", "connection")
    migrate(window)
    window.find("panel", CONNECTED)


def let_in(window, platform, hint):
    """Does what the dialog says of unix sockets: before, they are out of reach, and after not."""
    command = shlex.split(hint.rpartition(": ")[2])
    assert command[-1] == window.name(), command
    addresses = {"DATABASE_URL": platform.postgres.url(), "REDIS_URL": platform.redis.url()}
    code, said = window.run_beside("wdctl", "stats", "--json", **addresses)
    assert code != 0, said
    subprocess.run(command, check=True)
    try:
        code, said = window.run_beside("wdctl", "stats", "--json", **addresses)
    finally:
        subprocess.run(["flatpak", "override", "--user", "--reset", window.name()], check=True)
    assert code == 0, said
    print(f"  lets it reach unix sockets: {shlex.join(command)}")


def check_rights(window, is_wayland):
    """The program has those of the manifest; where there is Wayland it does not see X."""
    shown = subprocess.run(["flatpak", "info", "--user", "--show-permissions", window.name()],
                           check=True, stdout=subprocess.PIPE, text=True).stdout
    assert shown.strip() == RIGHTS.strip(), shown
    with tempfile.NamedTemporaryFile(dir=os.path.expanduser("~"), prefix="not-chosen-") as file:
        code, said = window.run_beside("cat", file.name)
        assert code != 0 and "No such file" in said, said
    code, said = window.run_beside("sh", "-c", "ls /tmp/.X11-unix/X* && test -n \"$DISPLAY\"")
    assert (code != 0) == is_wayland, said


def check_icons(window):
    """GNOME drops icons now and then: what we name and do not bring is to be in this one."""
    wanted, ours = set(), set()
    for folder, _folders, files in os.walk(os.path.join(SOURCE, "src")):
        for name in files:
            if name.endswith((".c", ".h", ".ui")):
                with open(os.path.join(folder, name), encoding="utf-8") as text:
                    wanted.update(re.findall(r'[">]([a-z]+(?:-[a-z]+)*-symbolic)["<]', text.read()))
    for _folder, _folders, files in os.walk(os.path.join(SOURCE, "data", "icons")):
        ours.update(name.removesuffix(".svg") for name in files)
    code, said = window.run_beside("sh", "-c", "cd /usr/share/icons/Adwaita/symbolic && ls *")
    assert code == 0, said
    missing = wanted - ours - {name.removesuffix(".svg") for name in said.split()}
    assert len(wanted) > 20 and not missing, f"no such icons: {missing}"


def migrate(window):
    """The statements are there, but nobody wrote down that they were made."""
    window.click("push button", "Show Migrations…")
    press(window, "Apply…", "Migrations", "migrations")
    press(window, "Apply", re.compile("Apply .* Migrations.*"), "apply")
    window.wait_gone("push button", "Show Migrations…")
    window.screenshot("applied")
    window.click("push button", button("Close"), within=("dialog", "Migrations"))
    window.wait_gone("dialog", "Migrations")


def lend(window, platform, portals):
    portals.chosen = os.path.expanduser(f"~/.var/app/{window.name()}/cache/lent/authority.pem")
    os.makedirs(os.path.dirname(portals.chosen), exist_ok=True)
    shutil.copyfile(platform.authority.certificate, portals.chosen)
    window.click("push button", "Choose a file of certificates")
    entry = find_entry(window, re.compile("Own certificate authority.*"))
    window.wait(lambda: "/worker-dashboard/certificates/authority-" in entry.text(), "the copy")
    print(f"  the authority is now {entry.text()}")
    os.unlink(portals.chosen)


def check_passwords(window, keyring, portals, is_portal):
    """Each is where the desktop wants it, and nowhere else."""
    kept = [keyring.password(NAME, store) for store in ("postgres", "redis")]
    files = os.path.expanduser(f"~/.var/app/{window.name()}/data/keyrings")
    assert kept == ([None, None] if is_portal else [PASSWORD, PASSWORD]), "wrong in the keyring"
    assert (portals.secrets > 0) == is_portal, f"{portals.secrets} asked the secret portal"
    assert os.path.isdir(files) == is_portal, f"{files} is there or not"


def look(window, portals, is_dark):
    """The desktop becomes dark or light, and the window with it."""
    def brightness():
        shown = subprocess.run(["convert", window.picture("dark" if is_dark else "light"),
                                "-colorspace", "Gray", "-format", "%[fx:mean]", "info:"],
                               check=True, stdout=subprocess.PIPE, text=True)
        return float(shown.stdout)

    portals.darken(is_dark)
    window.wait(lambda: (brightness() < 0.4) == is_dark, "dark" if is_dark else "light")


def trigger(window, platform):
    """A job for a wallet that has none under way; returns once the window says that it is done."""
    platform.producer.kill()
    with platform.postgres.connect() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT address FROM user_wallets WHERE address NOT IN "
                       "(SELECT wallet_address FROM job_logs WHERE wallet_address IS NOT NULL "
                       "AND completed_at IS NULL) LIMIT 1")
        (wallet,) = cursor.fetchone()
        window.open_link("wallet", wallet)
        window.find("push button", "Gas Top-up…")
        window.screenshot("wallet")
        window.click("push button", "Gas Top-up…")
        window.find("label", wallet, within=("dialog", "Trigger Job"))
        press(window, "Trigger Job", "Trigger Job", "trigger")
        window.find("label", "Gas top-up queued for 1 wallet")
        window.click("push button", button("Show"))

        def status():
            cursor.execute("SELECT status FROM job_logs WHERE wallet_address = %s AND "
                           "triggered_by = 'manual' ORDER BY created_at DESC LIMIT 1", (wallet,))
            return cursor.fetchone()[0]

        window.wait(lambda: status() == "completed", status)
        window.find("label", "Completed")
        window.screenshot("job")


def drive(name, folder, environment):
    is_wayland = bool(environment)
    with Keyring() as keyring, Portals(is_wayland) as portals, \
            Platform(wallets=60, jobs=300, tls=True) as platform, \
            Confined(name, folder, environment) as window:
        window.screenshot("welcome")
        check_rights(window, is_wayland)
        check_icons(window)
        connect(window, platform, portals)
        check_passwords(window, keyring, portals, is_wayland)
        window.find("label", "Overview")
        window.find(None, "Updates: Live")
        window.screenshot("overview")
        # The rest is dark under Wayland, and light under X11.
        look(window, portals, True)
        look(window, portals, is_wayland)
        window.click("push button", re.compile(".*[Ff]ailed.*"))
        window.find("label", re.compile(r"[\d\s]+ jobs?"))
        window.screenshot("jobs")
        trigger(window, platform)


def main():
    name, kind, folder = sys.argv[1:]
    exit_on_signals()
    adopt_orphans()
    os.makedirs(folder, exist_ok=True)
    began = time.monotonic()
    try:
        # Like all desktops it has an X server, which under Wayland the sandbox must not see.
        with Display(SIZE) as display:
            os.environ.update(display.environment())
            os.environ.pop("NO_AT_BRIDGE", None)
            if kind == "wayland":
                with Weston(display.household) as weston:
                    drive(name, folder, weston.environment())
            else:
                drive(name, folder, {})
    except (AssertionError, FixtureError) as error:
        print(f"{os.path.basename(folder)}: {error}", file=sys.stderr)
        return 1
    finally:
        end_descendants()
    print(f"{os.path.basename(folder)}: driven in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
