"""Which partition a file goes to."""

import zlib


def partition_of(path: str, partitions: int) -> int:
    """Give the partition that all chunks of a file go to.

    Parameters
    ----------
    path
        Relative posix path.
    partitions
        How many partitions the topic has.
    """
    return zlib.crc32(path.encode()) % partitions
