"""Records as the page shows them."""
