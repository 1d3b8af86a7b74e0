#!/usr/bin/env bash
# A base of one's own. In a folder like examples/hello-web.
set -eu

dagger -m github.com/OWNER/go-image call \
  custom --source=. --base=alpine:3.22 \
  export --path=app.tar
