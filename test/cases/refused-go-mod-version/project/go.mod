module example.com/shop

	go	v1.25 // new
