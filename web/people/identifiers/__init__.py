"""Identifiers of people and organizations: e-mail addresses, phones, CNPJ, CPF."""
