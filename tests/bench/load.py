"""The load tool: wrk, with requests from a file."""
import pathlib
import re
import subprocess
import tempfile

SCRIPT = pathlib.Path(__file__).with_name("requests.lua")
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
runs = 0


class Refused(Exception):
    """A case was not answered as it must be: its figures would mean nothing."""


def milliseconds(told):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", told).groups()
    return float(number) * UNITS[unit]


def measure(base, lines, headers, clients, seconds, words="anew"):
    """Median and 99th percentile in milliseconds, and requests a second, of so many clients. What is asked for "again" is
    asked for in the same words."""
    global runs
    runs += 1
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("".join(line + "\n" for line in lines))
        file.flush()
        command = ["wrk", "--threads", "1" if clients == 1 else "2", "--connections", str(clients)]
        command += ["--duration", f"{seconds}s", "--timeout", "30s", "--latency", "--script", str(SCRIPT)]
        for name, value in headers.items():
            command += ["--header", f"{name}: {value}"]
        done = subprocess.run([*command, base, "--", file.name, str(runs), words], capture_output=True, text=True, check=True)
    told = done.stdout
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)", told)
    if bad:
        raise Refused(f"{bad.group(0)} for {lines[0]}")
    share = {name: milliseconds(value) for name, value in re.findall(r"^ +(50|99)% +(\S+) *$", told, re.M)}
    if not share:
        raise Refused(f"nothing was answered within {seconds} s for {lines[0]}")
    return {"median": share["50"], "p99": share["99"], "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])}
