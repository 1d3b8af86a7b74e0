import type { Facts } from "../../detect/facts.js"
import { builderStageName, builtSource } from "./builder-stage.js"
import { bindSource, sourcePath } from "../go/modules.js"
import type { Placed } from "./system-files.js"
import type { Base, Mount, Stage } from "../types.js"

const stageName = "kodata"

/** Where ko puts it, and what tells the program. */
const kodataPath = "/var/run/ko"
export const kodataVariables = [{ name: "KO_DATA_PATH", value: kodataPath }]

const madePath = "/kodata"
const scriptPath = "/copy-kodata.sh"

/** As ko has them: links are followed, if they lead to something of the source, and nothing can be written to. */
const script = `set -eu
source=$1 to=$2
shift 2
mkdir -p "$to"
for folder; do
  cd "$source/$folder"
  find -L . -type l -exec sh -c 'for link; do
    echo "note: $0/\${link#./} is not in the image: the link leads nowhere, or to version control" >&2
  done' "$folder" {} +
  find -L . -type f -exec sh -c 'source=$1 to=$2 folder=$3
    shift 3
    for file; do
      case $(readlink -f "$file") in
      "$source"/*) ;;
      *) echo "$folder/\${file#./}: a link that leads out of the source folder" >&2; exit 1 ;;
      esac
      mkdir -p "$to/\${file%/*}"
      cp "$file" "$to/$file"
    done' copy "$source" "$to" "$folder" {} +
done
chmod -R a=rX "$to"
find "$to" -exec touch -h -d @0 {} +
`

/** Their content, taken together; no stage where there is none. */
export function kodataStages(facts: Facts, from: Base): Stage[] {
  if (!facts.kodata) return []
  const source = sourcePath(facts)
  const built = builtSource(facts)
  const mount: Mount =
    "stage" in built.from
      ? {
          type: "bind",
          kind: "directory",
          from: { stage: builderStageName },
          path: source,
          target: source,
        }
      : bindSource("directory", ".", facts)
  return [
    {
      name: stageName,
      from,
      steps: [
        { type: "file", path: scriptPath, content: script, mode: 0o755 },
        {
          type: "run",
          args: ["/bin/sh", scriptPath, source, madePath, ...facts.kodata.folders],
          mounts: [mount],
        },
      ],
    },
  ]
}

export function placedKodata({ kodata }: Facts): Placed[] {
  return kodata ? [{ kind: "directory", stage: stageName, path: madePath, to: kodataPath }] : []
}
