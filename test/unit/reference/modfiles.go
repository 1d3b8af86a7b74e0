package main

import (
	"golang.org/x/mod/modfile"
)

type goModRow struct {
	About string `json:"about"`
	Text  string `json:"text"`
	// One of the two.
	Go      *goMod `json:"go,omitempty"`
	Refused string `json:"refused,omitempty"`
}

type goMod struct {
	Module            string     `json:"module"`
	Go                string     `json:"go,omitempty"`
	Toolchain         string     `json:"toolchain,omitempty"`
	Requires          [][]string `json:"requires,omitempty"`
	LocalReplacements []string   `json:"localReplacements,omitempty"`
}

// readGoMod reads as the go command reads the main module's go.mod.
func readGoMod(row *goModRow) {
	row.Go, row.Refused = nil, ""
	asIs := func(_, version string) (string, error) { return version, nil }
	file, err := modfile.Parse("go.mod", []byte(row.Text), asIs)
	if err != nil {
		row.Refused = err.Error()
		return
	}
	if file.Module == nil {
		row.Refused = "no module declaration in go.mod"
		return
	}
	read := &goMod{Module: file.Module.Mod.Path}
	if file.Go != nil {
		read.Go = file.Go.Version
	}
	if file.Toolchain != nil {
		read.Toolchain = file.Toolchain.Name
	}
	for _, require := range file.Require {
		read.Requires = append(read.Requires, []string{require.Mod.Path, require.Mod.Version})
	}
	for _, replace := range file.Replace {
		if replace.New.Version == "" {
			read.LocalReplacements = append(read.LocalReplacements, replace.New.Path)
		}
	}
	row.Go = read
}

type goWorkRow struct {
	About   string  `json:"about"`
	Text    string  `json:"text"`
	Go      *goWork `json:"go,omitempty"`
	Refused string  `json:"refused,omitempty"`
}

type goWork struct {
	Go        string   `json:"go,omitempty"`
	Toolchain string   `json:"toolchain,omitempty"`
	Uses      []string `json:"uses,omitempty"`
}

func readGoWork(row *goWorkRow) {
	row.Go, row.Refused = nil, ""
	asIs := func(_, version string) (string, error) { return version, nil }
	file, err := modfile.ParseWork("go.work", []byte(row.Text), asIs)
	if err != nil {
		row.Refused = err.Error()
		return
	}
	read := &goWork{}
	if file.Go != nil {
		read.Go = file.Go.Version
	}
	if file.Toolchain != nil {
		read.Toolchain = file.Toolchain.Name
	}
	for _, use := range file.Use {
		read.Uses = append(read.Uses, use.Path)
	}
	row.Go = read
}
