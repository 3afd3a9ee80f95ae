"""Drives `flow test --watch` on a terminal of its own, as somebody who edits files would."""

import os
import pty
import select
import sys
import time

CAMPAIGN = "campaign camp { }\nparticipant { amount: numeric }\nflow start { on participant created { stop } }\n"
TEST = 'test "one" { upload { external_id = "c1", amount = 1 } expect participant.amount == %d }\n'
SECONDS = 60


def write(name, text):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)


def wait_for(words):
    """What the terminal shows up to these words."""
    shown, end = "", time.monotonic() + SECONDS
    while words not in shown:
        if time.monotonic() > end or not select.select([terminal], [], [], SECONDS)[0]:
            sys.exit("expected %r, found %r" % (words, shown))
        shown += os.read(terminal, 65536).decode("utf-8", "replace")
    return shown


os.mkdir("camp")
write("camp/camp.flow", CAMPAIGN)
write("camp/tests.flow", TEST % 1)
process, terminal = pty.fork()
if process == 0:
    os.execv(os.environ["FLOW"], ["flow", "test", "camp", "--watch"])

for change, words in [
    (None, "1 test: 1 passed"),
    (TEST % 2, "0 passed, 1 failed"),
    ('test "one" { upload {', "error["),
    (TEST % 1, "1 test: 1 passed"),
]:
    if change is not None:
        write("camp/tests.flow", change)
    shown = wait_for(words)
    shown += "" if "watching" in shown else wait_for("watching")
    if "\x1b[2J" not in shown:
        sys.exit("the screen was not cleared: %r" % shown)

os.write(terminal, b"\x03")
_, status = os.waitpid(process, 0)
if os.waitstatus_to_exitcode(status) != 0:
    sys.exit("expected exit code 0, found %d" % os.waitstatus_to_exitcode(status))
print("watched")
