"""Workflow settings for leads: one workflow a category. Every version is kept, and processes reload after a change."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from web.database import execute, existing, fetch_as, fetch_column
from web.errors import refuse
from web.people.permissions import Actor
from web.settings_log.listing import refuse_overtaken
from web.settings_log.recording import Kind, Values, record_change
from web.sql import Condition
from web.tickets.life import workflow_overrides, workflows
from web.tickets.life.workflow_rules import RULES, WorkflowInput, input_of, timers_in_words, wrong_workflow
from web.tickets.life.workflows import Workflow, workflow
from web.tickets.settings.categories import CategoryShown, category
from web.tickets.sla import settings_queries
from web.tickets.tables import Category, WorkflowVersion

MOST_VERSIONS = 50
_HELD = "ticket.status IN ('draft', 'approval', 'new', 'open', 'waiting', 'resolved')"


@dataclass(frozen=True)
class Version:
    """A saved version of a workflow, and who saved it."""

    id: int
    name: str
    preset: str
    rules: str
    timers: str
    labels: str
    desk_labels: str
    at: datetime
    is_current: bool
    person_name: str

    @property
    def workflow(self) -> Workflow:
        rules, timers, labels, desk = map(json.loads, (self.rules, self.timers, self.labels, self.desk_labels))
        return workflow_overrides.shaped(
            self.name, after=self.preset, rules=rules, timers=timers, labels=labels, desk_labels=desk
        )


_read = {"newest": 0}
"""The number of the newest version that this process has read."""


async def renew(newest: int | None = None) -> None:
    """Reads the workflows again if a version was saved since. `newest` is its number, if the caller knows it."""
    if newest is None:
        newest = (await fetch_column(int, f"SELECT {NEWEST} AS id"))[0]
    if newest != _read["newest"]:
        found = await fetch_as(Version, f"{_VERSIONS} WHERE v.is_current ORDER BY v.name") if newest else []
        workflows.install({each.name: each.workflow for each in found})
        _read["newest"] = newest


NEWEST = "(SELECT COALESCE(max(id), 0) FROM workflow_version)"
"""The number of the newest version, as a column of a larger statement."""


async def versions(of: int) -> list[Version]:
    """The versions of a category's workflow, newest first."""
    return await fetch_as(Version, f"{_VERSIONS} WHERE v.category = {{}} ORDER BY v.id DESC LIMIT {MOST_VERSIONS}", of)


async def current(of: CategoryShown) -> WorkflowInput:
    """The workflow that new tickets of a category get."""
    found = await fetch_as(Version, f"{_VERSIONS} WHERE v.name = {{}} AND v.is_current", of.workflow)
    return input_of(found[0].workflow, found[0].preset) if found else input_of(workflow(of.workflow), of.workflow)


async def version(number: int, *, of: int) -> WorkflowInput:
    """Returns a version of a category's workflow. Raises `NotFound`."""
    sought = f"{_VERSIONS} WHERE v.id = {{}} AND v.category = {{}}"
    found = existing(await fetch_as(Version, sought, number, of), "workflow")
    return input_of(found.workflow, found.preset)


async def save_workflow(
    wanted: WorkflowInput, *, of: int, seen: int | None = None, by: Actor, at: datetime
) -> Condition:
    """Saves the workflow of a category, also for its tickets that are not closed. It is a `Change` with a preview.

    No ticket moves and no event is recorded: the same status follows other rules.
    Raises `Overtaken` when the log of the workflow is newer than `seen`.
    """
    await settings_queries.lock()
    found = await category(of)
    await refuse_overtaken(Kind.WORKFLOW, of, seen)
    refuse(wrong_workflow(wanted))
    before = await current(found)
    name = found.workflow if "-" in found.workflow else f"{wanted.preset}-{of}"
    await _write(wanted, name, of=of, by=by, at=at)
    await Category.update({Category.workflow: name}).where(Category.id == of)
    await execute(
        f"UPDATE ticket SET workflow = {{}} WHERE category = {{}} AND {_HELD} AND workflow = {{}}",
        name,
        of,
        found.workflow,
    )
    await record_change(Kind.WORKFLOW, of, found.name, told(before), told(wanted), by=by.id, at=at)
    return Condition("ticket.category = {} AND ticket.workflow = {}", (of, name))


def told(wanted: WorkflowInput) -> Values:
    """The values of a workflow for the log of settings."""
    labels = {f"label_{state}": label for state, label in wanted.labels.items()}
    labels |= {f"desk_{state}": label for state, label in wanted.desk_labels.items()}
    timers: Mapping[str, str | None] = dict.fromkeys(vars(wanted.timers)) | timers_in_words(wanted.timers)
    return {"preset": wanted.preset, **wanted.rules, **timers, **labels}


async def _write(wanted: WorkflowInput, name: str, *, of: int, by: Actor, at: datetime) -> None:
    await execute("UPDATE workflow_version SET is_current = {} WHERE name = {} AND is_current", False, name)
    await WorkflowVersion(
        category=of,
        name=name,
        preset=wanted.preset,
        rules=json.dumps({each: getattr(wanted, each) for each in RULES}),
        timers=json.dumps(timers_in_words(wanted.timers)),
        labels=json.dumps(dict(wanted.labels), ensure_ascii=False),
        desk_labels=json.dumps(dict(wanted.desk_labels), ensure_ascii=False),
        person=by.id,
        at=at,
        is_current=True,
    ).save()


_VERSIONS = """
SELECT v.id, v.name, v.preset, v.rules, v.timers, v.labels, v.desk_labels, v.at, v.is_current,
       person.name AS person_name
FROM workflow_version v JOIN person ON person.id = v.person
"""
