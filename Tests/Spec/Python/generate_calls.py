"""Writes calls-x86_64.tsv and calls-aarch64.tsv: the numbers of Linux's system calls, as the kernel's headers have them.

The headers are those that Debian 12 hands out: linux-libc-dev (6.1.192, asm/unistd_64.h) and linux-libc-dev-arm64-cross
(6.1.4, asm/unistd.h). Calls that came later have one number on all machines; those that matter here are below, from the
kernel's scripts/syscall.tbl.

    python3 generate_calls.py /usr/include/x86_64-linux-gnu /usr/aarch64-linux-gnu/include
"""

import pathlib
import re
import subprocess
import sys

LATER = {"fchmodat2": 452, "setxattrat": 463, "removexattrat": 466, "file_setattr": 469}

here = pathlib.Path(__file__).parent
for machine, header, folder in (("x86_64", "asm/unistd_64.h", sys.argv[1]), ("aarch64", "asm/unistd.h", sys.argv[2])):
    macros = subprocess.run(
        ["gcc", "-E", "-dM", "-nostdinc", "-I", folder, "-include", header, "-x", "c", "/dev/null"],
        check=True, capture_output=True, text=True).stdout
    raw = dict(re.findall(r"#define (__NR\w*) (\w+)", macros))
    def resolve(name):
        value = raw.get(name, "")
        return int(value) if value.isdigit() else resolve(value) if value in raw else None
    calls = {name[5:]: resolve(name) for name in raw if name.startswith("__NR_")}
    calls = {name: value for name, value in calls.items() if value is not None and name not in ("syscalls", "arch_specific_syscall")}
    calls.update(LATER)
    lines = [f"{name}\t{value}" for name, value in sorted(calls.items(), key=lambda item: item[1])]
    (here / f"calls-{machine}.tsv").write_text("\n".join(lines) + "\n")
