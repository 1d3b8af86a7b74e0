package greeting

const Text = "hello from vendor"
