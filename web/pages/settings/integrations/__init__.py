"""Other systems and devices: API keys, webhooks, kiosks and embedding."""
