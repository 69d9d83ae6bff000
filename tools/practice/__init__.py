"""The process of the practice city, begun by the server of the real one."""
