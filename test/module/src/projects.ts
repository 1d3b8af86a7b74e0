import { dag } from "@dagger.io/dagger"

const goMod = "module example.com/app\n\ngo 1.25\n"

/** A test fails, and another passes; vet finds what `go test` does not look for, and gofmt finds something too. */
export const failing = () =>
  dag
    .directory()
    .withNewFile("go.mod", goMod)
    .withNewFile(
      "main.go",
      `package main

func main() { Sum = Sum }
`,
    )
    .withNewFile("ugly.go", "package main\n\nvar   Sum = 3\n")
    .withNewFile(
      "main_test.go",
      `package main

import "testing"

func TestSum(t *testing.T) {
	if Sum != 2 {
		t.Errorf("1 + 1 = %d", Sum)
	}
}

func TestNothing(t *testing.T) {}
`,
    )

/** What its hook finds where git and the go command look for passwords is in the image: how much, and not what. */
export const withPrivateModule = () =>
  dag
    .directory()
    .withNewFile("go.mod", goMod)
    .withNewFile("main.go", "package main\n\nfunc main() {}\n")
    .withNewFile(
      "bin/go-pre-compile",
      `set -e
if [ -e "$HOME/.netrc" ]; then wc -w <"$HOME/.netrc"; else echo none; fi >words.txt
echo "$GOPRIVATE" >private.txt
`,
    )
