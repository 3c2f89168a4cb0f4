#!/usr/bin/env python3
"""hardening.py PROGRAM FLAGS — what readelf and nm say of the built program: an address that nobody can guess, tables that cannot be
written, a stack that cannot be executed, guards and checked calls, and no way to start another program. FLAGS: "sanitized" and
"plain" say what this build cannot have."""
import re
import shutil
import subprocess
import sys

program, flags = sys.argv[1], sys.argv[2:]
if not shutil.which("readelf") or not shutil.which("nm"):
    print("1..0 # SKIP no readelf")
    sys.exit(0)


def said(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


headers, dynamic = said("readelf", "-hlW", program), said("readelf", "-dW", program)
symbols = set(re.findall(r"^\s*[Uw] (\w+)", said("nm", "-D", program), re.M))
stack = re.search(r"GNU_STACK\s+(\S+\s+){5}(\w+)", headers)
facts = {
    "the program can lie anywhere (PIE)": "Type:" in headers and re.search(r"Type:\s+DYN", headers),
    "its tables are bound at once and then cannot be written (RELRO, BIND_NOW)": "GNU_RELRO" in headers and re.search(r"BIND_NOW|\bNOW\b", dynamic),
    "its stack cannot be executed": stack and "E" not in stack.group(2),
    "no piece of it can be written and executed": not re.search(r"LOAD\s+(\S+\s+){5}RWE", headers),
    "it looks for libraries in no folder of its own (no RPATH)": not re.search(r"\(R(UN)?PATH\)", dynamic) or "just-built" in flags,
    "functions guard their frames (stack protector)": "__stack_chk_fail" in symbols,
    "calls that copy are checked (fortify)": any(s.endswith("_chk") and s != "__stack_chk_fail" for s in symbols) or "plain" in flags,
    "no call starts a program": not symbols & {"system", "popen", "fork", "vfork", "posix_spawn", "posix_spawnp", "execl", "execle", "execlp",
                                                "execv", "execve", "execvp", "execvpe", "fexecve"} or "sanitized" in flags,
    "no call writes without knowing how much": not symbols & {"gets", "strcat", "sprintf", "vsprintf"} or "sanitized" in flags,
}
print(f"1..{len(facts)}")
bad = 0
for i, (fact, holds) in enumerate(facts.items(), 1):
    print(f"{'ok' if holds else 'not ok'} {i} - {fact}")
    bad += not holds
sys.exit(1 if bad else 0)
