// Package stamp has a text that the tests change.
package stamp

const Text = "first"
