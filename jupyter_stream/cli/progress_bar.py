"""A bar of signs."""

BAR_WIDTH = 30


def progress_bar(done: int, total: int, width: int = BAR_WIDTH) -> str:
    """Draw how much of a total is done: "[####....]".

    Parameters
    ----------
    done
        What is done; at most the total.
    total
        All that there is; more than 0.
    width
        How many signs stand between the brackets.
    """
    filled = width * done // total
    return f"[{'#' * filled}{'.' * (width - filled)}]"
