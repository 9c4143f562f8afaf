"""What is decided about scoring: pure functions over values."""
