"""How a person proves who they are beside the password: devices and codes, their tries and age."""
