module example.com/shop

<<<<<<< HEAD
go 1.24
=======
go 1.25
>>>>>>> main
