#!/usr/bin/env bash
# Tests that need a database: the tests reach the PostgreSQL that listens here under the host name "db".
# In a folder like examples/ledger.
set -eu

dagger -m github.com/OWNER/go-image call \
  --test-service=tcp://localhost:5432 \
  --test-environment=DATABASE_URL=postgres://postgres:only-for-tests@db:5432/postgres \
  test --source=.
