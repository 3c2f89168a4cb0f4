#!/usr/bin/env python3
"""What is typed into a book outlives the program: killed outright, hung up on, or told to end, it is there at the next sign-in.

  book_power.py BOOK124

At a real pty. That it is stored within two seconds is shown by the scripts, on their own clock; here only that it is stored: the killed one
gets four seconds, the two that are told get none."""

import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

NOW = "2010-02-01T09:12:00Z"
PASSWORD = "training-book124"


class Terminal:
    def __init__(self, book124, store):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "xterm-256color"
            os.execv(book124, [book124, "--store", store, "--now", NOW, "--as", "900001"])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def shown(self, until, at_most=20.0):
        """Reads until the words are there; what came is returned."""
        out, end = b"", time.time() + at_most
        while until not in out and time.time() < end:
            ready, _, _ = select.select([self.fd], [], [], 0.05)
            if not ready:
                continue
            try:
                out += os.read(self.fd, 65536)
            except OSError:
                break
        return out

    def keys(self, text, until, at_most=20.0):
        os.write(self.fd, text.encode())
        out = self.shown(until, at_most)
        if until not in out:
            sys.exit(f"after {text!r} the screen does not say {until!r}")

    def end(self, how):
        os.kill(self.pid, how)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def sign_in(self, until):
        self.shown(b"Password")
        self.keys(PASSWORD, b"\xe2\x80\xa2")
        self.keys("\r", until)


def survives(book124, store, name, how, seconds):
    team = f"Zulu {name}"
    first = Terminal(book124, store)
    first.sign_in(b"Overdue")
    first.keys("n", b"New book")
    first.keys("\r", b"Header")
    first.keys("\x02", b"Go to section")
    first.keys("b", b"Shoulder number")
    first.keys("\t\t\t" + team, name.encode())
    time.sleep(seconds)
    first.end(how)

    again = Terminal(book124, store)
    again.sign_in(b"unsaved")
    again.keys("\r", b"is back")
    again.keys("\x02", b"Go to section")
    again.keys("b", team.encode())
    again.end(signal.SIGTERM)


def main():
    book124, work = os.path.abspath(sys.argv[1]), tempfile.mkdtemp(prefix="book124-power-")
    os.environ["TZ"] = "UTC"
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    try:
        for name, how, seconds in (("killed", signal.SIGKILL, 4), ("hungup", signal.SIGHUP, 0), ("ended", signal.SIGTERM, 0)):
            store = os.path.join(work, name)
            subprocess.run([book124, "--store", store, "--now", NOW, "init", "--training", "--cases", "40", "--seed", "7"], check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            survives(book124, store, name, how, seconds)
    finally:
        shutil.rmtree(work, ignore_errors=True)


main()
