"""What came of a sweep: its document, its words and its figure."""
