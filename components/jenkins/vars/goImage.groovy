// A step of a shared library: goImage(tags: "registry.example.com/team/app:v1", push: true). Written by script/readme, from action.yml and script/action.
// The agent has Docker and Node.js 20 or newer. A list has one value for each line.
// REGISTRY_USER and REGISTRY_PASSWORD, where the job has them, log in to the registry.
// source: Folder of the Go project
// tags: Names of the image, one per line
// push: Push it to the registries in its names
// load: Put it into the Docker engine's images
// platforms: Platforms, with commas in between, such as linux/amd64,linux/arm64
// target: A target of project.toml, or all
// affected-since: A commit, such as HEAD^1. Checks are of all targets; built are those whose images may have changed since then
// checks: Checks before the image is built, one per line or with spaces in between, such as test vet
// cache: Image name of the build cache, such as ghcr.io/team/app:cache. It is written only where the image is pushed
// options: More options of the command line, one per line, such as --runtime=distroless
def call(Map inputs = null) {
  withEnv([
    "SOURCE=${read(inputs, 'source', '.')}",
    "TAGS=${read(inputs, 'tags', '')}",
    "PUSH=${read(inputs, 'push', 'false')}",
    "LOAD=${read(inputs, 'load', 'false')}",
    "PLATFORMS=${read(inputs, 'platforms', '')}",
    "TARGET=${read(inputs, 'target', '')}",
    "AFFECTED_SINCE=${read(inputs, 'affected-since', '')}",
    "CHECKS=${read(inputs, 'checks', '')}",
    "CACHE=${read(inputs, 'cache', '')}",
    "OPTIONS=${read(inputs, 'options', '')}",
  ]) {
    sh '''
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
      newline=$(printf '\\n.')
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
    '''
  }
}

def read(Map inputs, String name, String otherwise) {
  def given = inputs == null ? null : inputs[name]
  return [given == null ? otherwise : given].flatten().join('\n')
}
