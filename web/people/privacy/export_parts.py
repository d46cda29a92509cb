"""The parts of a data export: one JSON file each, with a list of simple objects."""

from dataclasses import dataclass

AT_ONCE = 500


@dataclass(frozen=True)
class Part:
    """A select of rows with an increasing `id` first; `{p}` is the person, `{after}` the last row written."""

    name: str
    columns: tuple[str, ...]
    select: str

    def page(self, person: int, after: int) -> str:
        return f"{self.select.format(p=person, after=after)} ORDER BY 1 LIMIT {AT_ONCE}"


FILES = Part(
    "files",
    ("id", "message", "ticket", "name", "media_type", "size", "sha256", "at"),
    "SELECT a.id, a.message, said.ticket, a.name, a.media_type, a.size, a.sha256, a.at FROM attachment a "
    "JOIN message said ON said.id = a.message WHERE said.author = {p} AND said.kind <> 'note' AND a.id > {after} "
    "UNION ALL SELECT a.id, a.message, a.ticket, a.name, a.media_type, a.size, a.sha256, a.at FROM attachment a "
    "WHERE a.person = {p} AND a.message IS NULL AND a.id > {after}",
)
PARTS = (
    Part(
        "person",
        ("id", "name", "created_at", "zone", "mail"),
        "SELECT id, name, created_at, zone, mail FROM person WHERE id = {p} AND id > {after}",
    ),
    Part(
        "identities",
        ("id", "kind", "value", "verified_at"),
        "SELECT id, kind, value, verified_at FROM identity WHERE person = {p} AND id > {after}",
    ),
    Part("phones", ("id", "number"), "SELECT id, number FROM phone WHERE person = {p} AND id > {after}"),
    Part(
        "memberships",
        ("id", "organization", "sees", "approves", "manages", "confirmed_at"),
        "SELECT m.id, o.name AS organization, m.sees, m.approves, m.manages, m.confirmed_at FROM membership m "
        "JOIN organization o ON o.id = m.organization WHERE m.person = {p} AND m.id > {after}",
    ),
    Part(
        "tickets",
        ("id", "title", "status", "channel", "created_at", "submitted_at", "resolved_at", "closed_at"),
        "SELECT id, title, status, channel, created_at, submitted_at, resolved_at, closed_at FROM ticket "
        "WHERE requester = {p} AND id > {after}",
    ),
    Part(
        "answers",
        ("id", "ticket", "field", "value"),
        "SELECT v.id, v.ticket, f.label AS field, v.value FROM ticket t JOIN field_value v ON v.ticket = t.id "
        "JOIN field f ON f.id = v.field AND f.is_public WHERE t.requester = {p} AND v.id > {after}",
    ),
    Part(
        "messages",
        ("id", "ticket", "kind", "at", "body"),
        "SELECT id, ticket, kind, at, body FROM message WHERE author = {p} AND kind <> 'note' AND id > {after}",
    ),
    FILES,
    Part(
        "copies",
        ("id", "ticket", "address", "at"),
        "SELECT id, ticket, address, at FROM participant WHERE person = {p} AND id > {after}",
    ),
    Part(
        "ratings",
        ("id", "ticket", "service", "quality", "comment", "at"),
        "SELECT r.id, r.ticket, r.service, r.quality, r.comment, r.at FROM ticket t JOIN rating r ON r.ticket = t.id "
        "WHERE t.requester = {p} AND r.person = {p} AND r.id > {after}",
    ),
    Part(
        "comments",
        ("id", "article", "name", "text", "at", "state"),
        "SELECT c.id, article.title AS article, c.name, c.text, c.at, c.state FROM identity i "
        "JOIN article_comment c ON c.email = i.value JOIN article ON article.id = c.article "
        "WHERE i.person = {p} AND i.verified_at IS NOT NULL AND c.id > {after}",
    ),
    Part(
        "notices",
        ("id", "ticket", "occasion", "at", "read_at"),
        "SELECT id, ticket, occasion, at, read_at FROM notice WHERE person = {p} AND id > {after}",
    ),
    Part(
        "sessions",
        ("id", "started_at", "seen_at", "browser", "network"),
        "SELECT id, started_at, seen_at, browser, network FROM session WHERE person = {p} AND id > {after}",
    ),
)
"""Data of this person only: no notes of the desk, nothing that others wrote."""
