"""The tables of the registry, in SQL that SQLite and PostgreSQL both read."""

from __future__ import annotations

SCHEMA = 1
"""The version of the tables. A registry with a later one is refused."""

EVIDENCE_CAP = 10
"""How many articles a form keeps as its evidence: the first that used it."""

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) {clustered};

CREATE TABLE article (
    id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, doc_id TEXT NOT NULL, day TEXT
);

CREATE TABLE node (
    id INTEGER PRIMARY KEY,
    key {exact} NOT NULL UNIQUE,
    kind TEXT NOT NULL, normal TEXT NOT NULL, country TEXT,
    entity_id TEXT NOT NULL UNIQUE,
    founded INTEGER NOT NULL,
    component INTEGER NOT NULL,
    entity INTEGER NOT NULL
);
CREATE INDEX node_component ON node (component);
CREATE INDEX node_entity ON node (entity);

CREATE TABLE blocking_key (key {exact} NOT NULL, node INTEGER NOT NULL, PRIMARY KEY (key, node)) {clustered};
CREATE TABLE evidence_edge (a INTEGER NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b)) {clustered};
CREATE TABLE likely_edge (
    a INTEGER NOT NULL, b INTEGER NOT NULL, probability DOUBLE PRECISION NOT NULL, PRIMARY KEY (a, b)
) {clustered};

CREATE TABLE entity (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, documents INTEGER NOT NULL);
CREATE INDEX entity_rank ON entity (documents DESC, id);

CREATE TABLE sighting (node INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (node, article)) {clustered};
CREATE TABLE form (
    node INTEGER NOT NULL, text {exact} NOT NULL, folded {exact} NOT NULL,
    own INTEGER NOT NULL, count INTEGER NOT NULL, first_day TEXT, last_day TEXT,
    kept INTEGER NOT NULL, articles TEXT NOT NULL,
    PRIMARY KEY (node, text)
) {clustered};
CREATE INDEX form_folded ON form (folded);
CREATE TABLE office (
    node INTEGER NOT NULL, title {exact} NOT NULL, body {exact} NOT NULL,
    count INTEGER NOT NULL, first_day TEXT, last_day TEXT,
    PRIMARY KEY (node, title, body)
) {clustered};
CREATE TABLE wikidata (node INTEGER NOT NULL, item TEXT NOT NULL, PRIMARY KEY (node, item)) {clustered};

CREATE TABLE decision (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, action TEXT NOT NULL, note TEXT NOT NULL,
    entities TEXT NOT NULL, forms TEXT NOT NULL, target INTEGER
);
CREATE TABLE decision_node (
    decision INTEGER NOT NULL, node INTEGER NOT NULL, side INTEGER NOT NULL, PRIMARY KEY (decision, node)
) {clustered};
CREATE INDEX decision_node_node ON decision_node (node);
"""
# node: component is the least node it is connected to, entity the founder of its entity: the same, unless a decision
#   keeps parts of the component apart; founded is 1 when it has ever been a founder, and its entity_id was given out.
# entity: one row for every founder. documents counts the articles.
# form: own is 1 when the node stands for it, 0 for a short form that was only seen together with the node's.
#   articles are the numbers of kept articles, with blanks between.
# office.body: "" when not known.
# decision.entities and decision.forms are JSON lists; decision_node.side is 0 or 1.


def tables(*, clustered: str, exact: str) -> list[str]:
    """The statements that make the tables.

    `clustered` ends a table that is looked up by its primary key, `exact` is the type of text in code point order.
    """
    return [s for s in _TABLES.format(clustered=clustered, exact=exact).split(";") if s.strip()]
