"""The notebook: magics, completion, the widget and its frames."""
