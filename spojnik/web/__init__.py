"""Records → pages: what is shown (views), where it is shown (plan), how it is written (html)."""
