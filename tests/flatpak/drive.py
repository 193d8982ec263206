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

from confined import SECONDS, SIZE, Confined, Weston, press, trigger  # noqa: E402
from connection_case import CONNECTED, button, field  # noqa: E402
from fixtures.display import Display  # noqa: E402
from fixtures.postgres import PASSWORD, PASSWORD_IN_URL  # noqa: E402
from fixtures.processes import FixtureError, wait_until  # noqa: E402
from fixtures.runner import exit_on_signals, adopt_orphans, end_descendants  # noqa: E402
from fixtures.wallet_platform import Platform  # noqa: E402
from keyring import Keyring  # noqa: E402
from portal import Portal  # noqa: E402
from sample_data import explore_sample, kill_sample, miss_servers  # noqa: E402

NAME = "Loopback"
# All that the program may do, as Flatpak says it; x11 is for those that do not know fallback-x11.
RIGHTS = """[Context]
shared=network;ipc;
sockets=x11;wayland;fallback-x11;
devices=dri;

[Session Bus Policy]
org.freedesktop.secrets=talk
"""


def find_entry(window, name):
    """What is typed into, in a row with a name: newer versions know it by the row's title."""
    def found():
        rows = window.tree().all("list item", name)
        return rows[0].find("text") if rows else None

    return window.wait(found, f"row {name.pattern}")


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
    chosen = os.path.expanduser(f"~/.var/app/{window.name()}/cache/lent/authority.pem")
    os.makedirs(os.path.dirname(chosen), exist_ok=True)
    shutil.copyfile(platform.authority.certificate, chosen)
    portals.set("chosen", chosen)
    window.click("push button", "Choose a file of certificates")
    entry = find_entry(window, re.compile("Own certificate authority.*"))
    window.wait(lambda: "/worker-dashboard/certificates/authority-" in entry.text(), "the copy")
    print(f"  the authority is now {entry.text()}")
    os.unlink(chosen)


def check_passwords(window, keyring, portals, is_portal):
    """Each is where the desktop wants it, and nowhere else."""
    kept = [keyring.password(NAME, store) for store in ("postgres", "redis")]
    files = os.path.expanduser(f"~/.var/app/{window.name()}/data/keyrings")
    assert kept == ([None, None] if is_portal else [PASSWORD, PASSWORD]), "wrong in the keyring"
    asked = len(portals.calls("Secret"))
    assert (asked > 0) == is_portal, f"{asked} asked the secret portal"
    assert os.path.isdir(files) == is_portal, f"{files} is there or not"


def look(window, portals, is_dark):
    """The desktop becomes dark or light, and the window with it."""
    def brightness():
        shown = subprocess.run(["convert", window.picture("dark" if is_dark else "light"),
                                "-colorspace", "Gray", "-format", "%[fx:mean]", "info:"],
                               check=True, stdout=subprocess.PIPE, text=True)
        return float(shown.stdout)

    # 1 asks for dark, 2 for light.
    portals.appear("color-scheme", 1 if is_dark else 2)
    window.wait(lambda: (brightness() < 0.4) == is_dark, "dark" if is_dark else "light")


def check_inhibited(window, portals):
    """While the job was sent, and not after it: no logout and no suspend."""
    asked = [what for _path, *what in portals.calls("Granted")]
    assert asked == [[5, "Jobs are being sent to their queues"]], asked
    window.wait(lambda: not portals.inhibited(), "what the desktop granted given back")


def keep_watching(name):
    """As the preferences would have it."""
    path = os.path.expanduser(f"~/.var/app/{name}/config/glib-2.0/settings/keyfile")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write("[org/workerdashboard/WorkerDashboard]\nkeep-watching=true\n")


def go_on_unseen(window, platform, portals):
    """Closed, the program asks whether it may go on, and does; an alert brings its window back."""
    def shown(title):
        return window.wait(lambda: portals.find(title), f"notification {title}")

    window.click("push button", "Close")
    shown("Worker Dashboard keeps watching")
    [[_window, options]] = portals.calls("RequestBackground")
    assert options["reason"] == "To tell of alerts while its window is closed", options
    assert portals.calls("SetStatus") == [[{"message": f"Watching “{NAME}”"}]]
    with platform.postgres.connect() as connection, connection.cursor() as cursor:
        cursor.execute("INSERT INTO job_logs (job_id, job_type, status, wallet_address, "
                       "error_message, started_at, completed_at, retry_count) "
                       "SELECT gen_random_uuid(), 'gas-topup', 'failed', 'W' || i, "
                       "'out of energy', now() - interval '2 minutes', "
                       "now() - interval '1 minute', 1 "
                       "FROM generate_series(1, 60) i")
    said = shown("Failed jobs: Gas top-up")
    print(f"  an alert: {said['title']}: {said['body']}")
    portals.activate(window.name(), said)
    window.find("label", re.compile(r"[\d\s]+ jobs?"))
    window.wait(lambda: not portals.find("Worker Dashboard keeps watching"), "the note taken back")
    window.screenshot("alert")
    window.click("push button", "Close")
    portals.activate(window.name(), shown("Worker Dashboard keeps watching"), "Quit")
    wait_until(lambda: window.process.poll() is not None, SECONDS, "the end of the program")
    assert window.process.returncode == 0, window.log()


def drive_sample(name, folder, environment):
    """The first run of somebody who has no servers."""
    with Portal(), Confined(name, folder, environment, by_desktop=True) as window:
        explore_sample(window)
        kill_sample(window, bool(environment))
    with Portal(), Confined(name, folder, environment,
                            WORKER_DASHBOARD_SERVERS="/nonexistent") as window:
        miss_servers(window)


def drive(name, folder, environment):
    is_wayland = bool(environment)
    drive_sample(name, folder, environment)
    keep_watching(name)
    with Keyring() as keyring, Portal(() if is_wayland else ("Secret",)) as portals, \
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
        platform.producer.kill()
        trigger(window, platform.postgres.connect(), NAME)
        check_inhibited(window, portals)
        go_on_unseen(window, platform, portals)


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
