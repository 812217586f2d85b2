"""The room of data: screening, progress, behavior; every figure says where its numbers come from."""
