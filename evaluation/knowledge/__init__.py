"""Are the guides true to the statutes that they quote?"""
