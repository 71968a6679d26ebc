"""The office network: own addresses, own certificate authority, and the paper that helps a phone to trust it.

Prepared before Django is: the settings of an installation depend on what is left in the folder here.
"""
