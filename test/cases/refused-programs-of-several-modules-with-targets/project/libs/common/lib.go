package lib

func Hi() string { return "hi" }
