module go-image/programs

go 1.16
