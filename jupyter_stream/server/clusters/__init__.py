"""The clusters that are served: which there are, whether they answer, and who asks them."""
