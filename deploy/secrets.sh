#!/bin/sh
# Makes the files that docker-compose.yml takes its secrets from, in the folder secrets of where it is run. What is there already stays.
# The folder is its owner's alone; the files in it can be read by the users that the containers run as.
set -eu
umask 077
mkdir -p secrets

keep() {
  if [ ! -s "secrets/$1" ]; then
    printf "$2" "$3" > "secrets/$1"
    chmod 444 "secrets/$1"
  fi
}

for name in admin_password metrics_key postgres_password postgres_owner_password postgres_app_password qdrant_key; do
  keep "$name" '%s' "$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')"
done
keep postgres_connection 'Host=postgres;Database=tessera;Username=tessera;Password=%s' "$(cat secrets/postgres_app_password)"
keep postgres_owner_connection 'Host=postgres;Database=tessera;Username=tessera_owner;Password=%s' "$(cat secrets/postgres_owner_password)"
keep qdrant.yaml 'service:\n  api_key: %s\n' "$(cat secrets/qdrant_key)"
echo "The first administrator is admin; the password is in secrets/admin_password."
