"""What pages cost: time, processor, statements and memory, over databases filled for the purpose."""
