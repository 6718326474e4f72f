module cairn/bench/peers/go

go 1.19
