package main

import (
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
	"github.com/moby/patternmatcher"
)

type filePatternRow struct {
	Patterns []string `json:"patterns"`
	// Each path, and whether the patterns match it.
	Paths   map[string]bool `json:"paths"`
	Refused string          `json:"refused,omitempty"`
}

func matchFiles(row *filePatternRow) {
	row.Refused = ""
	matcher, err := patternmatcher.New(row.Patterns)
	if err != nil {
		row.Refused = err.Error()
		return
	}
	for path := range row.Paths {
		matches, err := matcher.MatchesOrParentMatches(path)
		if err != nil {
			// It was not compiled before; what is asked next would find no expression.
			row.Refused = err.Error()
			return
		}
		row.Paths[path] = matches
	}
}

type dockerfileRow struct {
	About string `json:"about"`
	Text  string `json:"text"`
	// As BuildKit carries them out: flags read, words expanded in an empty environment.
	Instructions []map[string]any `json:"instructions,omitempty"`
	Refused      string           `json:"refused,omitempty"`
}

type noVariables struct{}

func (noVariables) Get(string) (string, bool) { return "", false }
func (noVariables) Keys() []string            { return nil }

func readDockerfile(row *dockerfileRow) {
	row.Instructions, row.Refused = nil, ""
	read, err := expandDockerfile(row.Text)
	if err != nil {
		row.Refused = firstLine(err.Error())
		return
	}
	row.Instructions = read
}

func expandDockerfile(text string) ([]map[string]any, error) {
	result, err := parser.Parse(strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	stages, _, err := instructions.Parse(result.AST, nil)
	if err != nil {
		return nil, err
	}
	lex := shell.NewLex(result.EscapeToken)
	expand := func(word string) (string, error) {
		expanded, _, err := lex.ProcessWord(word, noVariables{})
		return expanded, err
	}
	var read []map[string]any
	for _, stage := range stages {
		from := map[string]any{"FROM": stage.BaseName, "as": stage.Name}
		set(from, "platform", stage.Platform)
		read = append(read, from)
		for _, command := range stage.Commands {
			if expandable, ok := command.(instructions.SupportsSingleWordExpansion); ok {
				if err := expandable.Expand(expand); err != nil {
					return nil, err
				}
			}
			read = append(read, describe(command))
		}
	}
	return read, nil
}

func describe(command instructions.Command) map[string]any {
	switch c := command.(type) {
	case *instructions.EnvCommand:
		return map[string]any{"ENV": pairs(c.Env)}
	case *instructions.LabelCommand:
		return map[string]any{"LABEL": pairs(c.Labels)}
	case *instructions.WorkdirCommand:
		return map[string]any{"WORKDIR": c.Path}
	case *instructions.UserCommand:
		return map[string]any{"USER": c.User}
	case *instructions.ExposeCommand:
		return map[string]any{"EXPOSE": c.Ports}
	case *instructions.EntrypointCommand:
		return map[string]any{"ENTRYPOINT": c.CmdLine, "shell": c.PrependShell}
	case *instructions.CmdCommand:
		return map[string]any{"CMD": c.CmdLine, "shell": c.PrependShell}
	case *instructions.RunCommand:
		mounts := []map[string]any{}
		for _, m := range instructions.GetMounts(c) {
			mount := map[string]any{"type": string(m.Type), "target": m.Target}
			set(mount, "from", m.From)
			set(mount, "source", m.Source)
			set(mount, "id", m.CacheID)
			mounts = append(mounts, mount)
		}
		return map[string]any{"RUN": c.CmdLine, "shell": c.PrependShell, "mounts": mounts}
	case *instructions.CopyCommand:
		copied := map[string]any{"COPY": c.SourcePaths, "to": c.DestPath}
		set(copied, "from", c.From)
		set(copied, "chown", c.Chown)
		set(copied, "chmod", c.Chmod)
		if len(c.ExcludePatterns) > 0 {
			copied["exclude"] = c.ExcludePatterns
		}
		if len(c.SourceContents) > 0 {
			copied["content"] = c.SourceContents[0].Data
		}
		return copied
	}
	return map[string]any{"unknown": command.Name()}
}

func pairs(values instructions.KeyValuePairs) [][]string {
	var read [][]string
	for _, pair := range values {
		read = append(read, []string{pair.Key, pair.Value})
	}
	return read
}

func set(object map[string]any, key, value string) {
	if value != "" {
		object[key] = value
	}
}
