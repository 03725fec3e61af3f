"""A throwaway house: built, filled, started, signed in to."""
import http.client
import json
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
ADMIN, PASSWORD = "bench@example.org", "a ship in port is safe"


def binary():
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
    told = subprocess.run(["cargo", "metadata", "--format-version", "1", "--no-deps"], cwd=ROOT, check=True, capture_output=True)
    return pathlib.Path(json.loads(told.stdout)["target_directory"]) / "release" / "rollcall"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class House:
    def __init__(self, program, folder, database):
        self.program, self.folder, self.server = program, pathlib.Path(folder), None
        self.listen = f"127.0.0.1:{free_port()}"
        self.url = f"http://{self.listen}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ROLLCALL_")}
        self.env = {**kept, "ROLLCALL_LISTEN": self.listen, "ROLLCALL_DATA_DIR": str(self.folder)}
        if database:
            self.env["ROLLCALL_DATABASE_URL"] = database

    def run(self, *args, told=None):
        """A command of the program: what it printed, its seconds, and the most private memory that it held in MiB."""
        began, most = time.monotonic(), 0
        with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as wrong:
            process = subprocess.Popen(
                [self.program, *args], env=self.env, stdin=subprocess.PIPE, stdout=said, stderr=wrong, text=True
            )
            process.stdin.write(told or "")
            process.stdin.close()
            while process.poll() is None:
                most = max(most, anonymous(process.pid))
                time.sleep(0.02)
            seconds = time.monotonic() - began
            if process.returncode:
                wrong.seek(0)
                raise SystemExit(f"rollcall {' '.join(map(str, args))} failed: {wrong.read()[-2000:]}")
            said.seek(0)
            return said.read(), seconds, most

    def start(self):
        """Serves; milliseconds until the first answer."""
        began = time.monotonic()
        self.server = subprocess.Popen([self.program, "serve"], env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            try:
                self.ask("GET", "/login")
                return (time.monotonic() - began) * 1000
            except OSError:
                if self.server.poll() is not None or time.monotonic() - began > 60:
                    raise SystemExit("the house does not start")
                time.sleep(0.002)

    def busy(self):
        """Seconds of processor time that the server and a PostgreSQL on this machine have used."""
        return sum(used for process, name, used in processes() if process == self.server.pid or name == "postgres")

    def rest(self, most=3600):
        """Waits until the server has done what is to be done about people who are new; seconds."""
        began, quiet = time.monotonic(), 0
        while quiet < 5 and time.monotonic() - began < most:
            used = self.busy()
            time.sleep(1)
            quiet = quiet + 1 if self.busy() - used < 0.05 else 0
        return time.monotonic() - began

    def stop(self):
        if self.server:
            self.server.terminate()
            self.server.wait()
            self.server = None

    def ask(self, method, path, headers=None, body=None):
        """One request: status, headers, body."""
        wire = http.client.HTTPConnection(self.listen, timeout=600)
        try:
            wire.request(method, path, body, headers or {})
            answer = wire.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            wire.close()

    def sign_in(self):
        form = urllib.parse.urlencode({"login": ADMIN, "password": PASSWORD})
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.url}
        status, headers, _ = self.ask("POST", "/login", kind, form)
        assert status == 303 and headers["Set-Cookie"], f"signing in was answered {status}"
        return {"Cookie": headers["Set-Cookie"].split(";")[0]}

    def key(self, dialect):
        return json.loads(self.run("key", "create", "--dialect", dialect, "--as", ADMIN, "--json")[0])

    def lines(self, path, headers):
        """How many lines a file has that the house sends, taken piece by piece, and the most memory held meanwhile."""
        wire = http.client.HTTPConnection(self.listen, timeout=600)
        try:
            wire.request("GET", path, headers=headers)
            answer = wire.getresponse()
            if answer.status != 200:
                raise SystemExit(f"{path} was answered {answer.status}")
            lines, most, asked = 0, 0, 0
            while piece := answer.read(1 << 20):
                lines, asked = lines + piece.count(b"\n"), asked + 1
                if asked % 10 == 1:
                    most = max(most, self.memory())
            return lines, most
        finally:
            wire.close()

    def memory(self):
        """Private resident memory of the server in MiB."""
        return anonymous(self.server.pid)


def anonymous(process):
    """Private resident memory in MiB: anonymous pages, no mapped files; 0 once the process has ended. From a count that
    the kernel keeps: to walk all pages of a mapped database takes a fifth of a core."""
    try:
        text = pathlib.Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    found = re.search(r"^RssAnon:\s+(\d+)", text, re.M)
    return int(found[1]) / 1024 if found else 0


def processes():
    """Each process of this machine: its number, name and seconds of processor time."""
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            number, told = (folder / "stat").read_text().split(" (", 1)
        except (FileNotFoundError, ProcessLookupError):
            continue
        name, told = told.rsplit(")", 1)
        told = told.split()
        yield int(number), name, (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
