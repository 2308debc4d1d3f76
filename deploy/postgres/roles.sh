#!/bin/bash
# Run once by the PostgreSQL image, on an empty volume: the same roles that RealEstateOs.DevServices makes (PostgresBootstrap.cs).
set -euo pipefail

psql --username postgres --set ON_ERROR_STOP=1 \
    --set owner="$REOS_OWNER_PASSWORD" --set app="$REOS_APP_PASSWORD" --set system="$REOS_SYSTEM_PASSWORD" <<'SQL'
CREATE ROLE reos_owner LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS PASSWORD :'owner';
CREATE ROLE reos_app LOGIN NOCREATEDB NOSUPERUSER NOBYPASSRLS PASSWORD :'app';
CREATE ROLE reos_system LOGIN NOCREATEDB NOSUPERUSER NOBYPASSRLS PASSWORD :'system';
CREATE DATABASE realestateos OWNER reos_owner;
\connect realestateos
REVOKE ALL ON DATABASE realestateos FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE realestateos TO reos_app, reos_system;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gin;
ALTER SCHEMA public OWNER TO reos_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
-- Searches, tags and amounts may use their indexes under row-level security (docs/decisions/0018).
ALTER FUNCTION pg_catalog.ts_match_vq(tsvector, tsquery) LEAKPROOF;
ALTER FUNCTION pg_catalog.arraycontains(anyarray, anyarray) LEAKPROOF;
ALTER FUNCTION pg_catalog.arraycontained(anyarray, anyarray) LEAKPROOF;
ALTER FUNCTION pg_catalog.numeric_ge(numeric, numeric) LEAKPROOF;
ALTER FUNCTION pg_catalog.numeric_le(numeric, numeric) LEAKPROOF;
SQL
