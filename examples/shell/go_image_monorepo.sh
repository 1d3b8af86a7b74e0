#!/usr/bin/env bash
# Several services of one repository: an image for each, with its program alone, under its own name.
# In a folder like examples/orders.
set -eu

dagger -m github.com/OWNER/go-image call --packages=./cmd/api \
  publish --source=. --addresses=ghcr.io/me/api:v1

dagger -m github.com/OWNER/go-image call --packages=./cmd/worker --process=worker --port=0 \
  publish --source=. --addresses=ghcr.io/me/worker:v1
