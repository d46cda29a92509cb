"""Columns that reference a person, and what a merge of accounts does with each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reference:
    """A column that references a person, and moves with them."""

    table: str
    column: str
    among: str = ""
    """The rows to consider: a select of ids in which `{m}` is the merged account. Empty for all that reference it."""
    twin: tuple[str, ...] = ()
    """Columns by which a row of the remaining account may conflict with a moved one, which then stays."""

    @property
    def place(self) -> str:
        return f"{self.table}.{self.column}"


_OWN = "SELECT id FROM ticket WHERE requester = {m}"
_SAID = "SELECT id FROM message WHERE author = {m}"

MOVED = (
    Reference(
        "event",
        "actor",
        f"SELECT id FROM event WHERE ticket IN ({_OWN}) UNION SELECT id FROM event WHERE message IN ({_SAID})",
        ("key",),
    ),
    Reference("attachment", "person", f"SELECT id FROM attachment WHERE message IN ({_SAID})"),
    Reference("attachment", "person", "SELECT id FROM attachment WHERE person = {m} AND message IS NULL"),
    Reference("message", "author"),
    Reference("rating", "person", f"SELECT id FROM rating WHERE ticket IN ({_OWN})"),
    Reference("participant", "person", twin=("ticket",)),
    Reference("ticket", "author", f"{_OWN} UNION SELECT id FROM ticket WHERE author = {{m}} AND author <> requester"),
    Reference(
        "ticket",
        "primary_contact",
        f"{_OWN} UNION SELECT id FROM ticket WHERE primary_contact = {{m}} AND primary_contact <> requester",
    ),
    Reference("ticket", "requester"),
    Reference("ticket", "assignee"),
    Reference("ticket", "offered_to"),
    Reference(
        "ticket",
        "approval_asked_by",
        "SELECT id FROM ticket WHERE status = 'approval' AND approval_asked_by = {m}",
    ),
    Reference("identity", "person"),
    Reference("phone", "person", twin=("number",)),
    Reference("membership", "person", twin=("organization",)),
    Reference("team_member", "person", twin=("team",)),
    Reference("remark", "person"),
    Reference("notice", "person", twin=("event",)),
    Reference(
        "outgoing",
        "person",
        "SELECT id FROM outgoing WHERE state = 'waiting' AND person = {m}",
        ("event",),
    ),
    Reference("kept_form", "person"),
    Reference("visit", "person", twin=("ticket",)),
    Reference("unsent", "person", twin=("ticket", "noun")),
    Reference("held_reply", "person", twin=("key",)),
    Reference("saved_view", "person"),
    Reference("list_look", "person", twin=("list",)),
    Reference("webhook", "owner"),
    Reference("canned", "owner"),
)
"""In this order: rows found through a ticket or message move before those."""

ENDED = (
    *("session.person", "known_browser.person", "one_time_link.person", "api_key.person", "person_word.person"),
    *("kiosk_visit.person", "follow_code.person"),
)
"""Credentials, which end with the account; search words, which are rebuilt."""

STAYS = (
    *("absence.person", "absence.stand_in"),
    *("setting_change.person", "setting_text.person", "setting_word.person", "erasure_text.person"),
    *("workflow_version.person", "passed_step.person"),
    *("api_key.made_by", "api_key.revoked_by", "remark.author", "participant.added_by", "approval.decided_by"),
    *("reindexing.person", "account_merge.merged", "account_merge.remaining", "account_merge.person"),
    *("data_export.person", "erasure_request.person", "erasure_request.done_by", "account_merge.parted_by"),
    *("paper_invitation.made_by", "paper_invitation.taken_by", "domain_proof.person", "people_import.person"),
    *("article.author", "article_version.author", "article_file.person", "article_comment.answered_by"),
    "article_import.person",
)
"""References to who did something, which stay under the name of that time."""
