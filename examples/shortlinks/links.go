package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"sync"

	gonanoid "github.com/matoous/go-nanoid/v2"
)

// Links maps short identifiers to URLs and writes every change to a file.
type Links struct {
	file string

	mu      sync.RWMutex
	targets map[string]string
}

// openLinks reads the file; one that does not exist yet is an empty collection.
func openLinks(file string) (*Links, error) {
	links := &Links{file: file, targets: map[string]string{}}
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return links, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &links.targets); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	return links, nil
}

// Add stores a URL and returns its new identifier.
func (l *Links) Add(target string) (string, error) {
	id, err := gonanoid.New(8)
	if err != nil {
		return "", err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	changed := maps.Clone(l.targets)
	changed[id] = target
	if err := write(l.file, changed); err != nil {
		return "", err
	}
	l.targets = changed
	return id, nil
}

// Find returns the URL of an identifier.
func (l *Links) Find(id string) (string, bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	target, ok := l.targets[id]
	return target, ok
}

// Count returns how many links there are.
func (l *Links) Count() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return len(l.targets)
}

// write replaces the file in one step, so that a crash leaves the old or the new one, never half of it.
func write(file string, targets map[string]string) error {
	text, err := json.MarshalIndent(targets, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(file+".new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}
