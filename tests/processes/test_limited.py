"""A limited process ends quietly when its caller is killed."""

import os
import pickle
import struct
import subprocess
import sys

import pytest

pytestmark = pytest.mark.anywhere

LENGTH = struct.Struct("!Q")
QUESTION = pickle.dumps(([1, 2, 3],))
WHOLE = LENGTH.pack(len(QUESTION)) + QUESTION


def asked(question: bytes, *, is_heard: bool) -> tuple[bytes, bytes]:
    """The answer of a process that returns the length of a list, and its errors."""
    command = (sys.executable, "-m", "web.processes.limited", "builtins", "len", "2", str(2**31))
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe if is_heard else _nobody(), stderr=pipe)
    answer, errors = process.communicate(question, timeout=30)
    return answer or b"", errors


def _nobody() -> int:
    """A pipe without a reader."""
    reader, writer = os.pipe()
    os.close(reader)
    return writer


def test_a_question_is_answered():
    answer, errors = asked(WHOLE, is_heard=True)
    assert (pickle.loads(answer[LENGTH.size :]), errors) == (3, b"")


def test_f19_whoever_asked_may_be_killed_before_the_answer():
    assert asked(WHOLE, is_heard=False) == (b"", b"")


@pytest.mark.parametrize("cut", [0, 3, LENGTH.size, len(WHOLE) - 1])
def test_f19_whoever_asks_may_be_killed_in_the_middle_of_a_question(cut):
    assert asked(WHOLE[:cut], is_heard=True) == (b"", b"")
