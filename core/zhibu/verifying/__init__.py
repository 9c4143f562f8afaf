"""Papers that anybody who holds one may verify, by a signed address that is printed on them."""
