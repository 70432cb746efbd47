"""Thousands of tests each make an application of their own: what is the same in all of them is worked out once.

Templates are compiled once for each process, and the function that writes an address of a route only when one is
written. Both are three quarters of what making an application and showing its first page costs.
"""

import gc
from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule


class SharedTemplates(BytecodeCache):
    """Compiled templates, kept by name and by the hash of their source: a changed template is compiled anew."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key, bucket.checksum] = bucket.code


class LateRule(Rule):
    """A route whose builder of addresses is compiled when it is first asked for one."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., Any]:
        compiled: list[Callable[..., Any]] = []

        def build(rule: Rule, *values: Any, **named: Any) -> Any:
            if not compiled:
                compiled.append(super(LateRule, self)._compile_builder(append_unknown))
            return compiled[0](rule, *values, **named)

        return build


SHARED_TEMPLATES = SharedTemplates()


def make_apps_cheap() -> None:
    """From now on, for every application of this process."""
    Flask.url_rule_class = LateRule
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": SHARED_TEMPLATES}


def leave_what_stays() -> None:
    """What has been loaded by now lives until the end: the collector need not look at it again."""
    gc.collect()
    gc.freeze()
