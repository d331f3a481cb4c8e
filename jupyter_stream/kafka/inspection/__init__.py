"""What a cluster holds: topics, watermarks, settings, groups, and pages of records.

Every call blocks its thread until the cluster has answered, or a deadline has passed; any thread
may call.
"""
