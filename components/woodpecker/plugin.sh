#!/bin/sh
# What the plugin runs: its settings, which are variables here, are the inputs of action.yml. Written by script/readme, from action.yml and script/action.
# The settings username and password log in to the registry.
SOURCE=${PLUGIN_SOURCE:-.}
TAGS=$(printf %s "${PLUGIN_TAGS-}" | tr , '\n')
PUSH=${PLUGIN_PUSH:-false}
LOAD=${PLUGIN_LOAD:-false}
PLATFORMS=${PLUGIN_PLATFORMS:-}
TARGET=${PLUGIN_TARGET:-}
AFFECTED_SINCE=${PLUGIN_AFFECTED_SINCE:-}
CHECKS=${PLUGIN_CHECKS:-}
CACHE=${PLUGIN_CACHE:-}
OPTIONS=$(printf %s "${PLUGIN_OPTIONS-}" | tr , '\n')
REGISTRY_USER=${PLUGIN_USERNAME-}
REGISTRY_PASSWORD=${PLUGIN_PASSWORD-}
set -euf
go_image() { npx --yes go-image@0.1.0 "$@"; }
if [ -n "${REGISTRY_PASSWORD-}" ]; then
  echo "$REGISTRY_PASSWORD" | docker login "${TAGS%%/*}" --username "$REGISTRY_USER" --password-stdin
fi
for input in "push=${PUSH:=false}" "load=${LOAD:=false}"; do
  case ${input#*=} in
    true | false) ;;
    *)
      echo "${GITHUB_ACTIONS:+::error::}go-image: the input ${input%%=*} is true or false" >&2
      exit 2
      ;;
  esac
done

if [ "${CACHE-}" = none ]; then CACHE=; fi

# For the lists below: a line is one value, whatever is in it.
newline=$(printf '\n.')
newline=${newline%.}

build() {
  IFS=$newline
  for line in ${OPTIONS-}; do set -- "$@" "$line"; done
  for line in ${TARGET-}; do set -- "$@" "--target=$line"; done
  unset IFS
  go_image "${SOURCE:-.}" "$@"
}

check() {
  for name in ${CHECKS-}; do set -- "$@" "--check=$name"; done
  if [ $# -eq 0 ]; then return; fi
  build_with_cache "$@"
}

# Who pushes writes the cache, too.
build_with_cache() {
  if [ "$PUSH" = true ]; then
    set -- "$@" ${CACHE:+"--cache-image=$CACHE"}
  else
    set -- "$@" ${CACHE:+"--cache-from=$CACHE"}
  fi
  build "$@"
}

image() {
  IFS=$newline
  for line in ${TAGS-}; do set -- "$@" "--tag=$line"; done
  unset IFS
  if [ -n "${PLATFORMS-}" ]; then set -- "$@" "--platform=$PLATFORMS"; fi
  if [ "$LOAD" = true ]; then set -- "$@" --load; fi
  if [ "$PUSH" = true ]; then set -- "$@" --push; fi
  build_with_cache "$@"
}

# All modules are checked, which no target stands for: a test can fail that is in no image.
targets=${TARGET-}
if [ "$targets" = all ]; then TARGET=; fi
check
TARGET=$targets
if [ -n "${AFFECTED_SINCE-}" ]; then
  since=$AFFECTED_SINCE
  TARGET=$(build "--affected-since=$since")
  if [ -z "$TARGET" ]; then
    echo "No image may have changed since $since: nothing to build."
    exit 0
  fi
fi
image
