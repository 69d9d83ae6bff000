"""What was typed into any form outlives a lost session, a refusal, a reload, another device.

No form asks for it: each is read as it is sent, and drawn as its page is sent. Decision 0076.
"""
