"""Damaged copies of the corpus: each is read or refused, in bounded time and memory."""
