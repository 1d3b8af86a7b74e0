package main

import (
	"bytes"
	"html/template"
	"log"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
)

// maxEntries keeps memory bounded: the oldest entries make room for new ones.
const maxEntries = 100

// Entry is what one visitor wrote.
type Entry struct {
	Name, Message string
}

// Book holds the latest entries, newest first.
type Book struct {
	page *template.Template

	mu      sync.Mutex
	entries []Entry
}

func openBook(templates string) (*Book, error) {
	page, err := template.ParseFiles(filepath.Join(templates, "book.html"))
	if err != nil {
		return nil, err
	}
	return &Book{page: page}, nil
}

func (b *Book) show(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	entries := b.entries
	b.mu.Unlock()
	var page bytes.Buffer
	if err := b.page.Execute(&page, entries); err != nil {
		log.Print(err)
		http.Error(w, "the page could not be made", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if _, err := page.WriteTo(w); err != nil {
		log.Print("write answer: ", err)
	}
}

func (b *Book) sign(w http.ResponseWriter, r *http.Request) {
	entry := Entry{
		Name:    strings.TrimSpace(r.FormValue("name")),
		Message: strings.TrimSpace(r.FormValue("message")),
	}
	if entry.Name == "" || entry.Message == "" {
		http.Error(w, "name and message must not be empty", http.StatusUnprocessableEntity)
		return
	}
	b.mu.Lock()
	b.entries = append([]Entry{entry}, b.entries[:min(len(b.entries), maxEntries-1)]...)
	b.mu.Unlock()
	http.Redirect(w, r, "/", http.StatusSeeOther)
}
