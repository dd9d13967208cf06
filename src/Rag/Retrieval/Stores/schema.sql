-- One tenant's chunks of one domain. A chunk's id is its revision's id · 2^24 + its number within the document.
CREATE TABLE IF NOT EXISTS collection (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    analysis TEXT NOT NULL,
    generation INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS revision (
    id INTEGER PRIMARY KEY,
    document BLOB NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    folder TEXT NOT NULL,
    tags TEXT NOT NULL,
    date TEXT,
    language TEXT,
    UNIQUE (document, number)
);
CREATE TABLE IF NOT EXISTS terms (
    revision INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS chunk (
    id INTEGER PRIMARY KEY,
    ordinal INTEGER NOT NULL,
    text TEXT NOT NULL,
    path TEXT NOT NULL,
    page INTEGER,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    tags TEXT
);
CREATE TABLE IF NOT EXISTS vector (
    chunk INTEGER PRIMARY KEY,
    "values" BLOB NOT NULL
);
