"""Which release of Apache Kafka the local broker runs, and how its archive is recognised."""

VERSION = "4.3.1"
SCALA_VERSION = "2.13"
NAME = f"kafka_{SCALA_VERSION}-{VERSION}"
ARCHIVE_NAME = f"{NAME}.tgz"

# As the Apache Software Foundation publishes it next to the archive, in its file .tgz.sha512.
ARCHIVE_SHA512 = (
    "c7d7b2318cb51aa0c61d3246a51c349210073c5c9b754947ef965a439f2f939e"
    "8600f204e134a75ac31faf3829c9370960ef7c6a9886c8a1dbf0339a21f4c54c"
)

# The first is fast but keeps only current releases; the second keeps every release.
MIRRORS = ("https://dlcdn.apache.org/kafka", "https://archive.apache.org/dist/kafka")
