module example.com/private

go 1.25

require git.example.com/acme/secret v1.0.0
