"""A template with a mistake in it is one sentence at its line, soon and without filling the memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import DataFileError
from assistant.export.templates import filled
from tests.export.test_handing_over import handed_over, prompts  # noqa: F401 (a fixture)

NESTED = "".join(f"{{% for a{n} in range(2) %}}" for n in range(30)) + "x" + "{% endfor %}" * 30
HOSTILE = (
    "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9) %}{% endfor %}{% endfor %}{% endfor %}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 'a' * 999999999 }}",
    "{{ [0] * 999999999 }}",
    "{% set n = namespace(x='aaaaaaaaaa') %}{% for a in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "{% set n = namespace(x='aaaaaaaaaa') %}{% for a in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "{% set n = namespace(x=[1]) %}{% for a in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% include 'record' %}",
    "{% extends 'record' %}",
    "{% import 'record' as again %}",
    "{{ '%999999999d' % 1 }}",
    "{{ '{:999999999}'.format(1) }}",
    "{{ 'a'.center(999999999) }}",
    "{{ 'a'|center(999999999) }}",
    "{{ 'a'|indent(999999999, true) }}",
    "{{ range(999999999)|list }}",
    "{{ lipsum(n=99999) }}",
    "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "{{ " + "not " * 20000 + "1 }}",
    "{{ 1" + "+1" * 20000 + " }}",
    NESTED,
    "{{ '%999999999d'|format(1) }}",
    "{{ r.parts|slice(0)|list }}",
    "{{ ''|wordwrap(0) }}{{ 'a b'|wordwrap(0) }}{{ 1 // 0 }}",
    "{{ r.__class__.__mro__ }}",
    "{{ r.nothing_of_that_name }}",
    "{{ 1|attr('x')|first }}",
    "{% for a in r.parts %}",
    "{{ 'a'|no_such_filter }}",
    "{% set x = 'a'|replace('', 'b' * 4000000)|replace('', 'b' * 4000000) %}",
    "{{ range(9999)|map('string')|map('center', 9999)|join }}",
    "x" * 2_000_000,
    "{{ cycler() }}",
)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_a_template_that_would_never_end_or_break_is_one_sentence(number: int, prompts, tmp_path: Path):  # noqa: F811
    (tmp_path / "prompts" / "documents").mkdir(parents=True)
    mine = tmp_path / "prompts" / "documents" / "record.md.j2"
    mine.write_text(HOSTILE[number], encoding="utf-8")
    with pytest.raises(DataFileError) as raised:
        filled("record", handed_over(prompts), tmp_path)
    (problem,) = raised.value.problems
    assert problem.path == mine and "\n" not in problem.message and len(problem.message) < 300


def test_a_template_that_is_no_text_or_a_folder_is_one_sentence(prompts, tmp_path: Path):  # noqa: F811
    mine = tmp_path / "prompts" / "documents" / "record.md.j2"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(DataFileError, match=r"record\.md\.j2"):
        filled("record", handed_over(prompts), tmp_path)


def test_none_of_them_takes_more_than_a_second_of_the_processor_and_100_megabytes(tmp_path: Path):
    script = (
        "import resource, time, sys\n"
        "from pathlib import Path\n"
        "from assistant.conversation.prompts import load_prompts\n"
        "from assistant.errors import DataFileError\n"
        "from assistant.export.templates import filled\n"
        "from tests.export.test_handing_over import handed_over\n"
        "from tests.export.test_hostile_templates import HOSTILE\n"
        "of, home = handed_over(load_prompts(Path('/nonexistent'))), Path(sys.argv[1])\n"
        "filled('record', of, Path('/nonexistent'))\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "mine = home / 'prompts' / 'documents' / 'record.md.j2'\n"
        "mine.parent.mkdir(parents=True)\n"
        "for number, template in enumerate(HOSTILE):\n"
        "    mine.write_text(template)\n"
        "    began = time.process_time()\n"
        "    try: filled('record', of, home)\n"
        "    except DataFileError: pass\n"
        "    took = time.process_time() - began\n"
        "    if took > 1: print(number, round(took, 2), template[:80])\n"
        "grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024\n"
        "if grown > 100: print('memory', grown)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr[-2000:]) == ("", "")
