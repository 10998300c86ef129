"""The tables of an index. Bodies are JSON of core values; other columns sort and filter. Bodies of
incidents, and words to be found, lie apart, so that looking over everything reads small tables."""

from __future__ import annotations

VERSION = "3"
"""An index of another version is made again, never migrated."""

FOUND = {"claim": "claims", "incident": "incidents", "document": "documents"}
"""What can be searched: kind and the table whose row numbers its words have."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE incidents (
  n INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, code TEXT NOT NULL, title TEXT NOT NULL,
  day TEXT, last_day TEXT, week TEXT, month TEXT, year TEXT,
  country TEXT, admin1 TEXT, place TEXT, place_id TEXT, lat REAL, lon REAL, precision INTEGER,
  kind TEXT,
  site TEXT, grade TEXT NOT NULL, status TEXT NOT NULL,
  first_said TEXT, last_said TEXT, claims INTEGER NOT NULL, documents INTEGER NOT NULL,
  origins INTEGER NOT NULL, conflicts INTEGER NOT NULL, pending INTEGER NOT NULL,
  largest INTEGER NOT NULL);
CREATE TABLE bodies (n INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE redirects (id TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE readings (
  incident INTEGER NOT NULL, policy TEXT NOT NULL, victims TEXT NOT NULL, main INTEGER NOT NULL,
  harm TEXT NOT NULL, unit TEXT NOT NULL, low INTEGER, best INTEGER, high INTEGER,
  origins INTEGER NOT NULL, on_words INTEGER NOT NULL, set_aside INTEGER NOT NULL);
CREATE TABLE names (incident INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE claims (
  n INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, document TEXT NOT NULL, incident TEXT,
  harm TEXT NOT NULL, stance TEXT NOT NULL, modality TEXT NOT NULL, standing TEXT NOT NULL,
  low INTEGER, high INTEGER, start INTEGER NOT NULL, number INTEGER NOT NULL, said_at TEXT,
  speaker TEXT NOT NULL, origin TEXT, effect INTEGER NOT NULL, unsure INTEGER NOT NULL,
  live INTEGER NOT NULL, body BLOB NOT NULL, origin_body BLOB);
CREATE TABLE voices (
  origin TEXT PRIMARY KEY, speaker TEXT NOT NULL, documents INTEGER NOT NULL,
  incidents INTEGER NOT NULL, claims INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
  n INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL,
  source TEXT, published_at TEXT, language TEXT, example INTEGER NOT NULL,
  text_sha256 TEXT NOT NULL, origin_group TEXT, claims INTEGER NOT NULL,
  unresolved INTEGER NOT NULL, body BLOB NOT NULL);
CREATE TABLE unresolved (
  n INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, document TEXT NOT NULL, reason TEXT NOT NULL,
  body BLOB NOT NULL);
CREATE TABLE responses (id TEXT PRIMARY KEY, document TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE numbers (document TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE totals (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL, harm TEXT NOT NULL, speaker TEXT NOT NULL,
  place TEXT, country TEXT, body BLOB NOT NULL);
CREATE TABLE decisions (
  n INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL,
  action TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE decided (about TEXT NOT NULL, decision TEXT NOT NULL);
CREATE TABLE changes (
  n INTEGER PRIMARY KEY, seen_at TEXT NOT NULL, head TEXT NOT NULL, at TEXT, kind TEXT NOT NULL,
  incident TEXT NOT NULL, code TEXT NOT NULL, body BLOB NOT NULL);
""" + "".join(
    f"""
CREATE TABLE {kind}_words (n INTEGER PRIMARY KEY, at TEXT, words TEXT NOT NULL);
CREATE VIRTUAL TABLE find_{kind} USING fts5(
  words, content='{kind}_words', content_rowid='n', tokenize='trigram');
"""
    for kind in FOUND
)

COUNT_VOICES = """
SELECT origin, max(speaker), count(DISTINCT document), count(DISTINCT incident), count(*)
FROM claims WHERE live = 1 AND origin IS NOT NULL {} GROUP BY origin"""

INDICES = """
CREATE INDEX incidents_code ON incidents (code);
CREATE INDEX readings_incident ON readings (incident);
CREATE INDEX readings_main ON readings (policy, harm, unit, incident, low, best, high,
  origins, on_words, set_aside) WHERE main = 1;
CREATE INDEX names_incident ON names (incident, kind, name);
CREATE INDEX claims_document ON claims (document, start);
CREATE INDEX claims_incident ON claims (incident);
CREATE INDEX claims_queue ON claims (effect DESC, n, id) WHERE standing = 'proposed';
CREATE INDEX claims_origin ON claims (origin, speaker, document, incident) WHERE live = 1;
CREATE INDEX claims_narrow ON claims (harm, standing, document);
CREATE INDEX voices_most ON voices (documents DESC, speaker);
CREATE INDEX documents_at ON documents (published_at IS NULL, published_at DESC, n);
CREATE INDEX documents_name ON documents (name);
CREATE INDEX documents_group ON documents (origin_group, claims);
CREATE INDEX unresolved_document ON unresolved (document);
CREATE INDEX unresolved_reason ON unresolved (reason, n);
CREATE INDEX responses_document ON responses (document);
CREATE INDEX decided_about ON decided (about);
CREATE INDEX changes_seen ON changes (seen_at);
"""
