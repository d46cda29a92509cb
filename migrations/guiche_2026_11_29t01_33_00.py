"""The help centre."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-29T01:33:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Help centre"

TABLES = """
CREATE TABLE IF NOT EXISTS help_section (
    id {number}, name VARCHAR(100) NOT NULL, slug VARCHAR(80) NOT NULL UNIQUE, text VARCHAR(300) NOT NULL DEFAULT '',
    parent INTEGER REFERENCES help_section, position INTEGER NOT NULL DEFAULT 0,
    is_active BOOLEAN NOT NULL DEFAULT true, CHECK (parent <> id)
);
CREATE TABLE IF NOT EXISTS article (
    id {number}, section INTEGER NOT NULL REFERENCES help_section, slug VARCHAR(80) NOT NULL UNIQUE,
    lang VARCHAR(10) NOT NULL DEFAULT 'pt-BR', audience VARCHAR(15) NOT NULL DEFAULT 'everybody',
    title VARCHAR(200) NOT NULL, objective VARCHAR(300) NOT NULL DEFAULT '', sort_title VARCHAR(200) {by_byte} NOT NULL,
    position INTEGER NOT NULL DEFAULT 0, is_featured BOOLEAN NOT NULL DEFAULT false,
    author INTEGER NOT NULL REFERENCES person, state VARCHAR(10) NOT NULL DEFAULT 'draft',
    published INTEGER, published_at {time}, reviewed_on DATE, made_at {time} NOT NULL, updated_at {time} NOT NULL,
    reads INTEGER NOT NULL DEFAULT 0, yes INTEGER NOT NULL DEFAULT 0, no INTEGER NOT NULL DEFAULT 0,
    ticket BIGINT REFERENCES ticket, form_key VARCHAR(64) UNIQUE,
    CHECK (audience IN ('everybody', 'signed_in', 'organizations', 'agents')),
    CHECK (state IN ('draft', 'review', 'published', 'retired')),
    CHECK ((published IS NULL) = (published_at IS NULL)),
    CHECK (state <> 'published' OR published IS NOT NULL),
    CHECK (state <> 'draft' OR published IS NULL)
);
CREATE INDEX IF NOT EXISTS article_in_section ON article (section, position, sort_title, id);
CREATE INDEX IF NOT EXISTS article_most_read ON article (reads, id) WHERE published IS NOT NULL AND state <> 'retired';
CREATE INDEX IF NOT EXISTS article_featured ON article (position, id) WHERE is_featured;
CREATE INDEX IF NOT EXISTS article_newest ON article (published_at, id);
CREATE INDEX IF NOT EXISTS article_state ON article (state, updated_at, id);
CREATE INDEX IF NOT EXISTS article_ticket ON article (ticket) WHERE ticket IS NOT NULL;
CREATE TABLE IF NOT EXISTS article_version (
    id {number}, article INTEGER NOT NULL REFERENCES article, number INTEGER NOT NULL, title VARCHAR(200) NOT NULL,
    objective VARCHAR(300) NOT NULL DEFAULT '', body TEXT NOT NULL, html TEXT NOT NULL,
    author INTEGER NOT NULL REFERENCES person, written_at {time} NOT NULL, remark VARCHAR(300) NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX IF NOT EXISTS article_version_number ON article_version (article, number);
CREATE TABLE IF NOT EXISTS article_organization (
    id {number}, article INTEGER NOT NULL REFERENCES article, organization INTEGER NOT NULL REFERENCES organization
);
CREATE UNIQUE INDEX IF NOT EXISTS article_organization_key ON article_organization (article, organization);
CREATE TABLE IF NOT EXISTS article_slug (
    slug VARCHAR(80) NOT NULL PRIMARY KEY, article INTEGER NOT NULL REFERENCES article
);
CREATE INDEX IF NOT EXISTS article_slug_article ON article_slug (article);
CREATE TABLE IF NOT EXISTS article_word (
    word VARCHAR(100) {by_byte} NOT NULL, article INTEGER NOT NULL REFERENCES article, weight SMALLINT NOT NULL,
    PRIMARY KEY (word, article)
){rowless};
CREATE INDEX IF NOT EXISTS article_word_weight ON article_word (word, weight, article);
CREATE INDEX IF NOT EXISTS article_word_article ON article_word (article, word, weight);
CREATE TABLE IF NOT EXISTS article_term (
    word VARCHAR(100) {by_byte} NOT NULL PRIMARY KEY, shown VARCHAR(100) NOT NULL, articles INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS article_typo (
    rest VARCHAR(100) {by_byte} NOT NULL, word VARCHAR(100) {by_byte} NOT NULL, PRIMARY KEY (rest, word)
){rowless};
CREATE TABLE IF NOT EXISTS article_synonym (id {number}, words VARCHAR(500) NOT NULL);
CREATE TABLE IF NOT EXISTS article_synonym_word (
    word VARCHAR(100) {by_byte} NOT NULL, synonym INTEGER NOT NULL REFERENCES article_synonym,
    PRIMARY KEY (word, synonym)
){rowless};
CREATE INDEX IF NOT EXISTS article_synonym_word_group ON article_synonym_word (synonym);
CREATE TABLE IF NOT EXISTS article_file (
    id {number}, name VARCHAR(150) NOT NULL, media_type VARCHAR(100) NOT NULL, size BIGINT NOT NULL,
    sha256 VARCHAR(64) NOT NULL, person INTEGER NOT NULL REFERENCES person, at {time} NOT NULL
);
CREATE INDEX IF NOT EXISTS article_file_sha256 ON article_file (sha256);
CREATE TABLE IF NOT EXISTS article_version_file (
    id {big_number}, version INTEGER NOT NULL REFERENCES article_version,
    file INTEGER NOT NULL REFERENCES article_file
);
CREATE UNIQUE INDEX IF NOT EXISTS article_version_file_key ON article_version_file (file, version);
CREATE INDEX IF NOT EXISTS article_version_file_version ON article_version_file (version);
CREATE TABLE IF NOT EXISTS article_vote (
    id {big_number}, article INTEGER NOT NULL REFERENCES article, voter VARCHAR(64) NOT NULL,
    value BOOLEAN NOT NULL, at {time} NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS article_vote_voter ON article_vote (article, voter);
CREATE TABLE IF NOT EXISTS article_comment (
    id {big_number}, article INTEGER NOT NULL REFERENCES article, name VARCHAR(100) NOT NULL,
    email VARCHAR(254) NOT NULL, text TEXT NOT NULL, at {time} NOT NULL, state VARCHAR(10) NOT NULL DEFAULT 'held',
    answer TEXT NOT NULL DEFAULT '', answered_by INTEGER REFERENCES person, answered_at {time},
    ticket BIGINT REFERENCES ticket, form_key VARCHAR(64) UNIQUE, CHECK (state IN ('held', 'shown', 'hidden'))
);
CREATE INDEX IF NOT EXISTS article_comment_state ON article_comment (state, at, id);
CREATE INDEX IF NOT EXISTS article_comment_article ON article_comment (article, state, at);
CREATE INDEX IF NOT EXISTS article_comment_email ON article_comment (email);
CREATE TABLE IF NOT EXISTS help_search (
    id {big_number}, day DATE NOT NULL, words VARCHAR(200) NOT NULL, times INTEGER NOT NULL DEFAULT 1,
    results INTEGER NOT NULL DEFAULT 0, at {time} NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS help_search_day ON help_search (day, words);
CREATE TABLE IF NOT EXISTS article_use (
    id {big_number}, article INTEGER NOT NULL REFERENCES article, ticket BIGINT REFERENCES ticket,
    kind VARCHAR(10) NOT NULL, at {time} NOT NULL, CHECK (kind IN ('inserted', 'suggested', 'solved'))
);
CREATE INDEX IF NOT EXISTS article_use_article ON article_use (article, kind, at);
CREATE INDEX IF NOT EXISTS article_use_ticket ON article_use (ticket, article, kind)
"""


async def create() -> None:
    kinds = {
        "number": dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY"),
        "big_number": dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="BIGSERIAL PRIMARY KEY"),
        "time": dialect(sqlite="TIMESTAMPTZ", postgres="TIMESTAMP WITH TIME ZONE"),
        "by_byte": dialect(sqlite="", postgres='COLLATE "C"'),
        "rowless": dialect(sqlite=" WITHOUT ROWID", postgres=""),
    }
    for statement in TABLES.format(**kinds).split(";"):
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
