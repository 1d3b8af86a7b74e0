module example.com/shortlinks

go 1.25

require (
	github.com/go-chi/chi/v5 v5.2.3
	github.com/matoous/go-nanoid/v2 v2.1.0
)
