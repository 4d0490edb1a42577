module github.com/latchkey/latchkey/sdk/go

go 1.22
