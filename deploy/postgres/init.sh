#!/bin/sh
# Runs once, when the database is made: the role that Tessera signs in as (no superuser, bound by row-level security), its database and the
# extension that only a superuser may create.
set -eu
password=$(cat /run/secrets/postgres_app_password)
psql --quiet --set=ON_ERROR_STOP=1 --set=password="$password" --username postgres <<'SQL'
CREATE ROLE tessera LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE tessera OWNER tessera ENCODING 'UTF8';
\connect tessera
CREATE EXTENSION IF NOT EXISTS vector;
SQL
