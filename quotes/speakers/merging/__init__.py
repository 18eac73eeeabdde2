"""How speakers of several articles are found to be one: names, roles, stories, and a person's word."""
