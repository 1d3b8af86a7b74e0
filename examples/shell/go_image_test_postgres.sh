#!/usr/bin/env bash
# Tests that need a database: the tests reach the PostgreSQL that listens here under the host name "db".
# In a folder like examples/ledger.
set -eu

dagger -m github.com/OWNER/go-image call \
  with-service --name=db --service=tcp://localhost:5432 \
  with-test-environment --name=DATABASE_URL --value=postgres://postgres:only-for-tests@db:5432/postgres \
  test --source=.
