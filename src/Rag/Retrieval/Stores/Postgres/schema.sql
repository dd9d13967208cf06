-- Version 1. All tenants share these tables; no row is seen without its tenant's name in app.tenant, not even by the tables' owner.
-- What lies in which vector space is no tenant's: space and version hold no row of one.
CREATE SCHEMA IF NOT EXISTS chunks;
CREATE TABLE chunks.version (number integer NOT NULL);
CREATE TABLE chunks.space (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    domain text NOT NULL,
    model text NOT NULL,
    width integer NOT NULL,
    UNIQUE (domain, model)
);
CREATE SEQUENCE chunks.revision_id;
CREATE TABLE chunks.collection (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant uuid NOT NULL,
    domain text NOT NULL,
    model text NOT NULL,
    analysis text NOT NULL,
    generation bigint NOT NULL DEFAULT 0,
    -- Another one where all terms are made anew: no index can follow that.
    edition bigint NOT NULL DEFAULT nextval('chunks.revision_id'),
    space integer REFERENCES chunks.space,
    UNIQUE (tenant, domain, model)
);
CREATE TABLE chunks.revision (
    id bigint PRIMARY KEY,
    tenant uuid NOT NULL,
    collection bigint NOT NULL,
    document uuid NOT NULL,
    number integer NOT NULL,
    generation bigint NOT NULL,
    name text NOT NULL,
    folder text NOT NULL,
    tags text NOT NULL,
    date date,
    language text,
    embedded boolean NOT NULL,
    terms bytea NOT NULL,
    UNIQUE (collection, document, number)
);
CREATE INDEX ON chunks.revision (collection, generation);
-- That a document was deleted, for the indexes of other hosts.
CREATE TABLE chunks.removal (
    collection bigint NOT NULL,
    document uuid NOT NULL,
    tenant uuid NOT NULL,
    generation bigint NOT NULL,
    PRIMARY KEY (collection, document)
);
CREATE INDEX ON chunks.removal (collection, generation);
CREATE TABLE chunks.chunk (
    revision bigint NOT NULL,
    number integer NOT NULL,
    tenant uuid NOT NULL,
    ordinal integer NOT NULL,
    text text NOT NULL,
    path text NOT NULL,
    page integer,
    start integer NOT NULL,
    "end" integer NOT NULL,
    tags text,
    PRIMARY KEY (revision, number)
);

CREATE FUNCTION chunks.guard(of_table text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE chunks.%I ENABLE ROW LEVEL SECURITY', of_table);
    EXECUTE format('ALTER TABLE chunks.%I FORCE ROW LEVEL SECURITY', of_table);
    EXECUTE format(
        'CREATE POLICY own ON chunks.%I USING (tenant = nullif(current_setting(''app.tenant'', true), '''')::uuid)', of_table);
END $$;
REVOKE ALL ON FUNCTION chunks.guard FROM PUBLIC;
SELECT chunks.guard(name) FROM unnest(ARRAY['collection', 'revision', 'removal', 'chunk']) AS name;

-- The store's role owns nothing; this makes for it the table of a vector space, once. pgvector's graphs take up to 2,000 numbers.
CREATE FUNCTION chunks.add_space(of_domain text, of_model text, of_width integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    made integer;
BEGIN
    PERFORM pg_advisory_xact_lock(5403712201);
    SELECT id INTO made FROM chunks.space WHERE domain = of_domain AND model = of_model;
    IF made IS NULL THEN
        INSERT INTO chunks.space (domain, model, width) VALUES (of_domain, of_model, of_width) RETURNING id INTO made;
        EXECUTE format(
            'CREATE TABLE chunks.vector_%s (revision bigint NOT NULL, number integer NOT NULL, tenant uuid NOT NULL, embedding vector(%s) NOT NULL, PRIMARY KEY (revision, number))',
            made, of_width);
        PERFORM chunks.guard('vector_' || made);
        IF of_width <= 2000 THEN
            EXECUTE format('CREATE INDEX ON chunks.vector_%s USING hnsw (embedding vector_ip_ops)', made);
        END IF;
    END IF;
    RETURN made;
END $$;
REVOKE ALL ON FUNCTION chunks.add_space FROM PUBLIC;
INSERT INTO chunks.version VALUES (1);
