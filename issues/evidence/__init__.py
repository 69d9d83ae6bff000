"""Files as proof: kept by digest, recognised by their bytes, looked at for what a photo says.

The modules here that touch no database are store, local, s3, incoming, files, office, pdf, video,
pictures, previews, photos and places. This file stays empty of imports: the process that decodes
pictures loads it too.
"""
