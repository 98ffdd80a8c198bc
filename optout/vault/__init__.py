"""The vault: the passphrase, the keys it opens, and the sealed files."""
