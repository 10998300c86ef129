"""What parties answer: denials, justifications, acknowledgements, inquiries, apologies."""

from harmledger.extract.responses.find import find_responses

__all__ = ["find_responses"]
