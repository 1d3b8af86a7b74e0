module example.com/api

go 1.25

require (
	example.com/lib v0.0.0
	example.org/known v1.0.0
	example.org/missing v1.2.3
	example.org/replaced v1.0.0
)
