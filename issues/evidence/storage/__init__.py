"""Where bytes are kept, by their digest: a local folder or an object store."""
