module example.com/idgen

require github.com/google/uuid v1.6.0
