"""What is decided about dues: pure functions over values."""
