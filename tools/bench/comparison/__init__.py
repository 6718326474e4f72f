"""What tools/bench/compare is made of."""
