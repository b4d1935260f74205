"""Places whose whereabouts nobody may learn: what is taken out of their records before anything sees them."""

from __future__ import annotations

from spojnik.origin import Merged

SEAT_FIELDS = frozenset({"street", "postal_code", "district", "address", "opening_hours", "hours", "place"})
# A mailbox, a domain or a source's page may name the estate that the address does not: only the telephone stays.
TELLING_FIELDS = SEAT_FIELDS | {"email", "website", "url", "booking_url"}


def hides(record: Merged, sheltered: frozenset[str]) -> bool:
    """Whether the whereabouts of a record must not be known: it says so itself, or `sheltered.yml` names it."""
    return record.key in sheltered or record.values.get("sheltered") is True


def safe(record: Merged, sheltered: frozenset[str]) -> Merged:
    """The record without its whereabouts and the pages that may print them, where it hides them."""
    if not hides(record, sheltered):
        return record
    why = {
        name: tuple(claim._replace(origin=claim.origin._replace(urls=())) for claim in claims)
        for name, claims in record.why.items()
        if name not in TELLING_FIELDS
    }
    return record._replace(
        values={name: value for name, value in record.values.items() if name not in TELLING_FIELDS},
        why=why,
        doubts={name: doubt for name, doubt in record.doubts.items() if name not in TELLING_FIELDS},
    )
