"""Names by which people and organizations are known elsewhere: e-mail addresses, CNPJ."""
