// Package common is of the workspace, and so not in vendor/.
package common

const Name = "common"
