"""The administrators' page, followed line by line from an empty server to a rehearsed backup, with TLS."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from assistant.store.store_errors import NotLetInError, StoreError
from assistant.store.unlocking import Unlocking
from tests.stores import SERVER, START, _as_postgres, answered, asked, keep, started

PAGE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "administrator.md"
PASSWORDS = {"reflect_owner": "two brass keys", "sam": "nine tall pines", "pat": "seven grey herons"}
TYPED = "the lodger behind the shed"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (SERVER / "initdb").exists(), reason="no PostgreSQL 15: apt-get install postgresql-15"),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with"),
]


@dataclass
class Page:
    """The page's own lines, and the server they are for."""

    base: Path
    port: int

    def blocks(self, heading: str) -> list[tuple[str, str]]:
        """Kind and lines of each block under a heading, as they are to be run here."""
        section = re.split(r"^#{2,3} ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
        (text,) = (each for each in section if each.startswith(heading))
        found = re.findall(r"^ *```(\w+)\n(.*?)^ *```", text, flags=re.MULTILINE | re.DOTALL)
        here = {"db.example.org": f"localhost:{self.port}", "/etc/reflect/ca.crt": str(self.base / "ca.crt")}
        lines = [(kind, "\n".join(line.strip() for line in block.splitlines())) for kind, block in found]
        for there, instead in here.items():
            lines = [(kind, block.replace(there, instead)) for kind, block in lines]
        # localhost is this computer, where nothing need be verified: what the program does elsewhere is said here
        return [
            (kind, re.sub(r"(?<!sslmode=verify-full)([?&])sslrootcert=", r"\1sslmode=verify-full&sslrootcert=", block))
            for kind, block in lines
        ]

    def address(self, login: str, name: str = "reflect", **more: str) -> str:
        asked_for = {"sslmode": "verify-full", "sslrootcert": str(self.base / "ca.crt"), **more}
        there = f"postgresql://{login}@localhost:{self.port}/{name}"
        return make_url(there).update_query_dict(asked_for).render_as_string(hide_password=False)

    def run(self, *command: str | Path, words: str = "") -> None:
        subprocess.run(command, check=True, cwd="/", input=words.encode(), stdout=subprocess.DEVNULL, **_as_postgres())

    def sql(self, block: str, name: str = "postgres") -> None:
        """As the server's administrator; what `\\password` asks for is typed."""
        spoken = re.sub(
            r"^\\password (\w+)$",
            lambda found: f"ALTER ROLE {found[1]} PASSWORD '{PASSWORDS[found[1]]}';",
            block,
            flags=re.MULTILINE,
        )
        self.run(
            SERVER / "psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.base, "-p", str(self.port), name, words=spoken
        )

    def shell(self, block: str) -> str:
        """As somebody on another computer, whose passwords are in ~/.pgpass."""
        bin_ = self.base / "bin"
        bin_.mkdir(exist_ok=True)
        reflect = bin_ / "reflect"
        reflect.write_text(f'#!/bin/sh\nexec {sys.executable} -m assistant "$@"\n', encoding="utf-8")
        reflect.chmod(0o755)
        passwords = self.base / "pgpass"
        passwords.write_text("".join(f"*:*:*:{name}:{words}\n" for name, words in PASSWORDS.items()), encoding="utf-8")
        passwords.chmod(0o600)
        environment = os.environ | {
            "PATH": f"{bin_}:{SERVER}:{os.environ['PATH']}",
            "PGPASSFILE": str(passwords),
            "PYTHONPATH": str(PAGE.parents[2]),
        }
        # an `export` of the block before holds for the next, as in one terminal
        script = f"cd {self.base}; . ./exported 2>/dev/null; set -e\n{block}\n"
        exported = [line for line in block.splitlines() if line.startswith("export ")]
        if exported:
            (self.base / "exported").write_text("\n".join(exported) + "\n", encoding="utf-8")
        done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr


def make_certificates(base: Path) -> None:
    """An authority of one's own, another that nobody trusts, and the server's certificate."""

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], check=True, cwd=base, capture_output=True)

    for name in ("ca", "other"):
        openssl(
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            f"/CN={name}",
            "-keyout",
            f"{name}.key",
            "-out",
            f"{name}.crt",
        )
    openssl(
        "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr"
    )
    (base / "names").write_text("subjectAltName=DNS:localhost\n", encoding="utf-8")
    openssl(
        "x509",
        "-req",
        "-in",
        "server.csr",
        "-CA",
        "ca.crt",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "2",
        "-extfile",
        "names",
        "-out",
        "server.crt",
    )


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A server to which steps 1 and 2 of the page were done."""
    base = Path(subprocess.check_output(["mktemp", "-d", "/tmp/reflect-page-XXXXXX"], text=True).strip())
    base.chmod(0o755)
    make_certificates(base)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        page = Page(base, probe.getsockname()[1])
    data = base / "data"
    if _as_postgres():
        for path in (base, *base.iterdir()):
            shutil.chown(path, "postgres", "postgres")
    page.run(SERVER / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
    for name in ("server.crt", "server.key"):
        shutil.copy(base / name, data / name)
        (data / name).chmod(0o600)
        if _as_postgres():
            shutil.chown(data / name, "postgres", "postgres")
    first = dict(page.blocks("From nothing"))
    settings = (data / "postgresql.conf").read_text(encoding="utf-8")
    (data / "postgresql.conf").write_text(f"{settings}\n{first['conf']}\n", encoding="utf-8")
    (data / "pg_hba.conf").write_text(f"local all postgres trust\n{first['hba']}\n", encoding="utf-8")
    options = f"-p {page.port} -c unix_socket_directories={base} -c fsync=off -c log_min_duration_statement=0"
    page.run(SERVER / "pg_ctl", "-D", data, "-w", "-o", options, "-l", base / "log", "start")
    try:
        yield page
    finally:
        page.run(SERVER / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(base, ignore_errors=True)


def opened(page: Page, tmp_path: Path, login: str, password: str | None = None, **more: str) -> Unlocking:
    opening = Unlocking(
        tmp_path,
        lambda: START,
        environment={"REFLECT_DATABASE_URL": page.address(login, **more)},
        sleep=lambda _: None,
    )
    opening.sign_in(login, password or PASSWORDS[login])
    return opening


def test_the_page_is_followed_from_nothing_to_a_rehearsed_backup_and_somebody_who_leaves(page: Page, tmp_path: Path):
    said = []
    for kind, block in page.blocks("From nothing"):
        if kind == "sql":
            page.sql(block)
        elif kind == "sh":
            said.append(page.shell(block))
    assert said[0] == "The database is ready. Add people with `reflect team add`.\n"
    assert "sam may sign in as supervisor." in said[1]
    assert said[2] == "Nothing is kept yet.\n"

    pat = opened(page, tmp_path, "pat")
    with pat.store()._backing.reading() as connection:
        assert connection.value("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") is True
    keep(pat.store(), started(f"s1{pat.store().mark}"), asked(), answered(TYPED))
    with pytest.raises(StoreError, match="another window"):  # an error whose row the log would quote
        pat.store().append(f"s1{pat.store().mark}", 2, answered(f"{TYPED} again"))
    pat.store().save_draft(f"s1{pat.store().mark}", TYPED)
    log = (page.base / "log").read_text(encoding="utf-8")
    assert "INSERT INTO events" in log
    assert TYPED not in log
    sam = opened(page, tmp_path, "sam")
    assert [kept.owner for kept in sam.store().sessions()] == ["pat"]
    assert len(sam.store().events("s1@pat")) == 3

    backup, rehearsal = [block for _, block in page.blocks("Backups")]
    page.shell(backup)
    page.sql("CREATE DATABASE rehearsal OWNER reflect_owner;")
    assert "s1@pat" in page.shell(rehearsal)

    ((_, retention),) = page.blocks("How long")
    page.sql(retention.replace("2020", "2099"), "reflect")
    assert sam.store().sessions() == []

    ((_, leaves),) = page.blocks("Somebody leaves")
    page.sql(leaves)
    with pytest.raises(NotLetInError, match="didn't let you in"):
        opened(page, tmp_path, "pat")
    for opening in (pat, sam):
        opening.lock()


def test_each_thing_that_goes_wrong_is_called_what_it_is(page: Page, tmp_path: Path):
    with pytest.raises(NotLetInError, match="check the name and password"):
        opened(page, tmp_path, "sam", "a wrong one")
    with pytest.raises(NotLetInError, match="check the name and password"):
        opened(page, tmp_path, "nobody", "whatever")
    for certificate in ("other.crt", "none-such.crt"):
        with pytest.raises(StoreError, match="certificate of the team's database could not be verified") as wrong:
            opened(page, tmp_path, "sam", sslrootcert=str(page.base / certificate))
        assert not isinstance(wrong.value, NotLetInError)
    for name, sentence in (("none_such", "didn't let you in"), ("postgres", "didn't let you in")):
        with pytest.raises(StoreError, match=sentence):
            Unlocking(tmp_path, lambda: START, environment={"REFLECT_DATABASE_URL": page.address("sam", name)}).sign_in(
                "sam", PASSWORDS["sam"]
            )
    away = page.address("sam").replace(str(page.port), "1")
    with pytest.raises(StoreError, match="could not be reached"):
        Unlocking(tmp_path, lambda: START, environment={"REFLECT_DATABASE_URL": away}).sign_in("sam", "whatever")
    unknown = page.address("sam").replace("localhost", "no-such-server.invalid")
    with pytest.raises(StoreError, match="no server of the name"):
        Unlocking(tmp_path, lambda: START, environment={"REFLECT_DATABASE_URL": unknown}).sign_in("sam", "whatever")
