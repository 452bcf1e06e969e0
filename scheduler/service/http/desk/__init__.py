"""Work that takes a processor: in processes of its own, bounded in time and memory."""
