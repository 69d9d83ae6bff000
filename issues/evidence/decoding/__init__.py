"""Pictures and PDF pages decoded in processes of their own, and the small pictures made of them."""
