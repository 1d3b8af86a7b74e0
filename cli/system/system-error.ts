import { accessSync, constants, existsSync, statfsSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { dirname, relative, resolve, sep } from "node:path"
import { SetupError } from "../errors.js"

/*
 * Faults of the machine, in one place: what the operating system refuses us, or a program that we run, has a person's
 * disk or permissions for its reason, and is neither a mistake of the project nor a bug of ours.
 */

const words = new Map<string | undefined, string>([
  ["EACCES", "permission denied"],
  ["EAGAIN", "cannot start another process"],
  ["EBUSY", "in use"],
  ["EEXIST", "a file where a folder is expected"],
  ["EDQUOT", "the disk quota is used up"],
  ["EFBIG", "the file is too large for this disk"],
  ["EIO", "input/output error"],
  ["EISDIR", "a folder where a file is expected"],
  ["ELOOP", "too many symbolic links"],
  ["EMFILE", "too many open files"],
  ["ENAMETOOLONG", "the path is too long"],
  ["ENFILE", "too many open files on this machine"],
  ["ENOMEM", "out of memory"],
  ["ENOSPC", "no space left on the disk"],
  ["ENOTDIR", "a file where a folder is expected"],
  ["EPERM", "operation not permitted"],
  ["EROFS", "the file system is read-only"],
  ["ESTALE", "the network file system has lost the file"],
])

/** What is in them is made by the kernel alone, which says of a new file there that it does not exist. */
const kernelFolders = ["/proc", "/sys"]

/** As programs print them: strerror(3), which Go has too. */
const full = /no space left on device|disk quota exceeded/i
const printed =
  /no space left on device|disk quota exceeded|read-only file system|too many open files|cannot allocate memory|input\/output error/i

/**
 * What a person is told of an error of the operating system; undefined where it is something else.
 *
 * @param folders Where was written to besides the usual places, such as the output's folder.
 */
export function explainSystemError(
  error: unknown,
  folders: readonly string[] = [],
): SetupError | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, syscall, path, dest, info } = error as SystemError
  // From a uid without an entry in /etc/passwd.
  if (code === "ERR_SYSTEM_ERROR" && info?.syscall === "uv_os_homedir") {
    return new SetupError("this user has no home folder", { hint: "Set HOME to a folder." })
  }
  const temporary = tmpdir()
  if (code === "ENOENT" && isWithin(path, temporary) && !existsSync(temporary)) {
    return new SetupError(`the folder for temporary files does not exist: ${temporary}`, {
      hint: "Create it, or set TMPDIR to a folder that exists.",
    })
  }
  if (code === "ENOENT" && syscall === "mkdir" && path !== undefined) return explainFolder(path)
  const kernel = kernelFolders.find((folder) => isWithin(path, folder))
  if (code === "ENOENT" && kernel !== undefined) {
    return new SetupError(`files cannot be created in ${kernel}: ${path}`)
  }
  const found = words.get(code)
  if (found === undefined) return undefined
  const where = dest ?? path ?? (code === "ENOSPC" ? fullFolder(folders) : undefined)
  return new SetupError(where === undefined ? found : `${found}: ${where}`, { hint: hint(where) })
}

/** Node.js says of a folder on a read-only disk that it does not exist, where its parents are to be made, too. */
function explainFolder(path: string): SetupError | undefined {
  let parent = path
  while (!existsSync(parent) && parent !== dirname(parent)) parent = dirname(parent)
  try {
    accessSync(parent, constants.W_OK)
    return undefined
  } catch (error) {
    return explainSystemError(Object.assign(error as Error, { path }))
  }
}

/** Says which file a write was for: the operating system's error does not. */
export function withPath(error: unknown, path: string): unknown {
  if (error instanceof Error && "syscall" in error && !("path" in error)) {
    Object.assign(error, { path })
  }
  return error
}

/** The line with a fault of the machine in what a program of ours printed, if there is one. */
export function machineFault(output: string): string | undefined {
  return findLine(output, printed)
}

/** The same of a program of the project, which may well be refused to write in the sandbox that it runs in. */
export function diskFull(output: string): string | undefined {
  return findLine(output, full)
}

function findLine(output: string, pattern: RegExp): string | undefined {
  return output
    .split("\n")
    .find((line) => pattern.test(line))
    ?.trim()
}

/** Node.js's errors of the operating system. */
interface SystemError extends NodeJS.ErrnoException {
  dest?: string
  info?: { syscall?: string }
}

/** A write that fails does not say where: one of these. */
function fullFolder(folders: readonly string[]): string | undefined {
  return [...folders, tmpdir(), cacheBase(), process.cwd()].find((folder) => {
    try {
      return statfsSync(folder).bavail === 0
    } catch {
      return false
    }
  })
}

function hint(path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  if (isWithin(path, cacheBase())) {
    return "Tools, base images and caches are kept there. Set XDG_CACHE_HOME to use another folder."
  }
  // Of what is in there, that is ours; other folders of the person's may be there, too.
  const name = relative(tmpdir(), path)
  return name === "" || /^go-image-\d/.test(name)
    ? "It is for temporary files. Set TMPDIR to use another folder."
    : undefined
}

function cacheBase(): string {
  return process.env.XDG_CACHE_HOME ?? resolve(homedir(), ".cache")
}

function isWithin(path: string | undefined, folder: string): boolean {
  return path !== undefined && `${path}${sep}`.startsWith(`${resolve(folder)}${sep}`)
}
