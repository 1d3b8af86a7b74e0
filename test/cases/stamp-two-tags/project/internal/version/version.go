package version

var Version = "v0.0.0-dev"

var Tag, GitTreeState string
