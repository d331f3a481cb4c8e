"""The routes below /jupyter-stream/api: each reads its parameters, asks, and answers."""
