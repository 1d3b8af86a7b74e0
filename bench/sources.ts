import { cpSync, mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { Import } from "./modules.js"

/*
 * What the bench writes into a project, so that all of its edits are possible in any: in each main package a file with a
 * line to edit, and a package that imports nothing, for an edit far away from main.
 */

export function writeEditable(folder: string, module: string, mainFolder: string): void {
  write(
    join(folder, mainFolder, "bench.go"),
    `package main

import (
	"os"

	"${module}/internal/leaf"
)

func init() {
	if len(os.Args) > 1 && os.Args[1] == edition+leaf.Edition() {
		println(edition)
	}
}
`,
  )
  editMain(folder, "0", mainFolder)
  editLeaf(folder, "0")
}

/** The linker keeps it: `bench.go` compares it at run time. */
export function editMain(folder: string, edition: string, mainFolder = "."): void {
  write(
    join(folder, mainFolder, "bench_edition.go"),
    `package main\n\nvar edition = "edition ${edition}"\n`,
  )
}

export function editLeaf(folder: string, edition: string): void {
  write(
    join(folder, "internal/leaf/leaf.go"),
    `package leaf\n\nfunc Edition() string {\n\treturn "leaf ${edition}"\n}\n`,
  )
}

/** A web server that has its dependencies compiled and linked in. */
export function writeService(folder: string, mainFolder: string, imports: readonly Import[]): void {
  write(
    join(folder, mainFolder, "main.go"),
    `package main

import (
	"log"
	"net/http"
	"os"

${imports.map(({ path }) => `\t_ "${path}"\n`).join("")})

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte("hello"))
	})
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
}
`,
  )
}

export function importFile({ path }: Import): string {
  return `package main\n\nimport _ "${path}"\n`
}

export function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true, preserveTimestamps: true })
}

export function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}
