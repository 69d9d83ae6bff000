"""Files as proof: kept by digest, recognised by their bytes, looked at for what a photo says.

Storage, intake and decoding touch no database, but for parts.py and preview_cache.py. This file
stays empty of imports: the process that decodes pictures loads it too.
"""
