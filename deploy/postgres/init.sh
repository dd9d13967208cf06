#!/bin/sh
# Runs once, when the database is made: the role that owns the schema, the role that works with it and can get past no wall, the database and
# the extension that only a superuser may create.
set -eu
owner=$(cat /run/secrets/postgres_owner_password)
app=$(cat /run/secrets/postgres_app_password)
psql --quiet --set=ON_ERROR_STOP=1 --set=owner="$owner" --set=app="$app" --username postgres <<'SQL'
CREATE ROLE tessera_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner';
CREATE ROLE tessera LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'app';
CREATE DATABASE tessera OWNER tessera_owner ENCODING 'UTF8';
REVOKE ALL ON DATABASE tessera FROM PUBLIC;
GRANT CONNECT ON DATABASE tessera TO tessera;
\connect tessera
ALTER SCHEMA public OWNER TO tessera_owner;
CREATE EXTENSION IF NOT EXISTS vector;
SQL
