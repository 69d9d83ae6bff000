"""The page of what one left unsent, as tools/pictured.py lists it."""

from tools.browsing.pictured import Pictured

OF_KEPT = (Pictured("sun", "kept", "kept_forms.listed"),)
