import { modulePathOf } from "../modules/go-mod.js"
import { commitState, headQuestion, parseHead, parseRefs, refsQuestion } from "./git-refs.js"
import type { GitAnswer } from "../../git-state.js"
import { webAddress } from "./remote-url.js"

/*
 * Asks Git about a source whose .git folder is elsewhere, as it is on an engine: which commit it is of, where in it the source
 * is, and whether it differs.
 */

/** What the script writes, a file each. Without Git, or where that refuses, `failed` alone. */
export const gitAnswers = ["failed", "head", "refs", "folder", "changed", "root", "origin"] as const

export type GitAnswers = Readonly<Partial<Record<(typeof gitAnswers)[number], string>>>

const question = (args: readonly string[]) => `git ${args.map(quote).join(" ")}`

/**
 * Its arguments: the .git folder, or one that has it; the source; the path of the module at the source's root, or nothing;
 * the folder that it writes to. Of the .git folder, what would run programs or holds passwords is not looked at.
 */
export const gitScript = `set -eu
given=$1 source=$2 module=$3 out=$4
mkdir -p "$out"
cd "$out"
fail() { echo "$1" > failed; exit 0; }
command -v git > /dev/null || fail "the builder image has no Git"
if [ -e "$given/.git" ]; then given=$given/.git; fi
if [ -f "$given" ] || [ -f "$given/commondir" ]; then
  fail "a work tree or submodule, whose repository is elsewhere; --revision, --revision-time and --git-tag say what its Git would"
fi
if ! [ -f "$given/HEAD" ] || ! [ -d "$given/objects" ]; then fail "not a .git folder (--git)"; fi
git=$(mktemp -d)
trap 'rm -rf "$git"' EXIT
cp -r "$given/HEAD" "$given/refs" "$git"
for each in packed-refs shallow; do if [ -e "$given/$each" ]; then cp "$given/$each" "$git"; fi; done
ln -s "$given/objects" "$git/objects"
printf '[core]\\n\\trepositoryformatversion = 0\\n' > "$git/config"
export GIT_DIR=$git GIT_WORK_TREE=$source GIT_INDEX_FILE=$git/index
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_OPTIONAL_LOCKS=0 HOME=/nowhere
if ! git rev-parse --quiet --verify HEAD > /dev/null 2> failed; then
  if ! [ -s failed ]; then echo "there is no commit yet" > failed; fi
  exit 0
fi
rm failed
${question(headQuestion)} > head
${question(refsQuestion)} > refs
git show HEAD:go.mod > root 2> /dev/null || :
: > folder
if [ -n "$module" ]; then
  git grep -l -E "^module[[:space:]]+\\"?$(printf %s "$module" | sed 's/[.+]/\\\\&/g')\\"?[[:space:]]*(//.*)?$" HEAD -- go.mod ':(glob)**/go.mod' |
    sed -n '1{s/^HEAD://;s/go\\.mod$//;s/\\/$//;p;}' > folder || :
fi
git read-tree "HEAD:$(cat folder)"
{
  git diff --no-ext-diff --no-textconv --ignore-submodules --name-only -z
  git ls-files --others --exclude-standard -z
} > changed
sed -n 's/.*\\tclone: from //p;1q' "$given/logs/HEAD" > origin 2> /dev/null || :
if ! [ -s origin ]; then sed -n 's/.* of //p;1q' "$given/FETCH_HEAD" > origin 2> /dev/null || :; fi
`

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** @param isOwn Whether a file is what a build has left behind: it does not make a source differ. */
export function parseGitAnswers(
  { failed, head: said, refs = "", folder = "", changed = "", root, origin = "" }: GitAnswers,
  isOwn: (path: string) => boolean,
): GitAnswer {
  const head = parseHead(said ?? "")
  if (!head) {
    const reason = (failed ?? "Git says nothing").trim().replace(/^(?:fatal|error): /, "")
    return { notice: `${reason}: the image does not name its commit` }
  }
  const inside = folder.trim()
  const differs = changed.split("\0").some((path) => path !== "" && !isOwn(path))
  const remote = webAddress(origin.trim())
  const rootModule = modulePathOf(root || undefined)
  return {
    state: {
      ...commitState(head, parseRefs(refs)),
      // Whether the rest of the repository differs, nobody has looked.
      ...(inside === "" || differs ? { modified: differs } : {}),
      ...(remote !== undefined && { remote }),
      ...(inside !== "" && { folder: inside }),
      ...(rootModule !== undefined && { rootModule }),
      from: "Git",
    },
  }
}
