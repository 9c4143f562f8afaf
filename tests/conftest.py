"""The fixtures that every test may ask for come with the core: `zhibu.testing.fixtures`."""
