package orders

import "testing"

func TestChangeCountsOnlyWhatChanged(t *testing.T) {
	t.Setenv("ORDERS_DIR", t.TempDir())
	store, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range []string{"tea", "coffee"} {
		if _, err := store.Create(item); err != nil {
			t.Fatal(err)
		}
	}
	ship := func(order *Order) { order.Status = Shipped }
	for _, want := range []int{2, 0} {
		if got, err := store.Change(ship); err != nil || got != want {
			t.Errorf("changed = %d, %v, want %d", got, err, want)
		}
	}
}
