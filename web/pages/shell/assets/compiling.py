"""Compiles Jinja templates to functions that pass on one piece a block, and escape without a detour."""

import re
from collections.abc import Callable, Iterable

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

_special = re.compile("[&<>'\"]").search


class InOnePiece(CodeGenerator):
    """A long page has 3,000 pieces, each passed on by every template that it extends: joined first, it takes half.

    Its environment has `escaped`.
    """

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("escape = environment.escaped")

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        is_whole = frame.buffer is None and (frame.rootlevel or frame.block_frame)
        if is_whole:
            self.buffer(frame)
        super().blockvisit(nodes, frame)
        if is_whole:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        if not node.with_context:
            self.fail("included without context, it would come before what stands above it", node.lineno)
        super().visit_Include(node, frame)


class Calling(Context):
    """Of all that templates call, macros alone ask how they are called: nothing else is looked at for that."""

    def call(self, called: Callable[..., object], /, *args: object, **named: object) -> object:
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        if type(called) is Macro:
            return called(self.eval_ctx, *args, **named)
        return called(*args, **named)


def escaped(value: object) -> str:
    """As `markupsafe.escape`, which makes an object of a class of its own each time: here it is only joined."""
    if type(value) is Markup or (type(value) is str and not _special(value)):
        return value
    return str(value) if type(value) is int else escape(value)
