"""Says of each digital signature in a PDF whose it is, what it covers, and whether the file changed since.

One rule: a signature says who signed and that nothing changed since, never which contract it is. Whom to trust, only a
file of roots that the user gives can say; nothing is fetched.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from drafter.base.problems import DraftingError, Place, Problem
from drafter.values import dataclass

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

State = Literal["unchanged", "changed", "broken", "signed further", "padded", "added to", "unchecked"]
_EMPTY = b" \t\r\n\f\0"


@dataclass(frozen=True, slots=True)
class Signature:
    """A digital signature: its certificate's subject and issuer, the signer's own time, what it covers, its state.

    `trusted` is None without roots to trust; `stamped` says whether another service vouches for the time.
    """

    signer: str
    issuer: str
    when: datetime | None
    whole: bool
    state: State
    trusted: bool | None = None
    stamped: bool = False

    @property
    def holds(self) -> bool:
        """Say whether the file is as it was signed, apart from further signatures and empty space."""
        return self.state in {"unchanged", "signed further", "padded"}


def signatures(data: bytes, roots: Sequence[Any] | None) -> tuple[Signature, ...]:
    """Check each digital signature of a PDF; `roots` are certificates to trust, or None."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        if reader.encrypted:  # it opens without a password; another one only keeps it from being changed
            reader.decrypt("")
        rest = data[_covered(reader) :]
        after: State = "added to" if rest.strip(_EMPTY) else "padded" if rest else "signed further"
        return tuple(_checked(signature, roots, after) for signature in _signed(reader))
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):  # it may be whole
        return (Signature("unknown", "unknown", None, whole=False, state="unchecked"),) if b"/ByteRange" in data else ()


def _signed(reader: PdfFileReader) -> Sequence[Any]:
    return list(reader.embedded_regular_signatures)


def _covered(reader: PdfFileReader) -> int:
    """Return how many bytes of a file its signatures and time stamps reach, to the end of the last one."""
    ranges = (signature.byte_range for signature in reader.embedded_signatures)
    return max((int(each[-2]) + int(each[-1]) for each in ranges), default=0)


def _checked(signature: Any, roots: Sequence[Any] | None, after: State) -> Signature:  # noqa: ANN401  # from a library
    """Check one signature; `after` is the state of one that holds and doesn't cover the whole file."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation import errors, validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    certificate = signature.signer_cert
    signer, issuer = (name.human_friendly for name in (certificate.subject, certificate.issuer))
    when = signature.self_reported_timestamp
    context = ValidationContext(trust_roots=list(roots or ()), allow_fetching=False)
    try:
        found = validate_pdf_signature(signature, signer_validation_context=context)
    except (errors.SignatureValidationError, SigningError, PdfError, ValueError, KeyError, TypeError):
        return Signature(signer, issuer, when, whole=False, state="unchecked")
    whole = found.coverage == SignatureCoverageLevel.ENTIRE_FILE
    allowed = {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}
    if not (found.intact and found.valid):
        state: State = "broken"
    elif found.modification_level not in allowed or found.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        state = "changed"
    else:
        state = "unchanged" if whole else after
    trusted = found.trusted if roots is not None else None
    return Signature(signer, issuer, when, whole, state, trusted, found.timestamp_validity is not None)


def roots(data: bytes, name: str) -> Sequence[Any]:
    """Read the certificates to trust from a file of them in PEM. DraftingError when there are none in it."""
    from asn1crypto import pem, x509

    try:
        found = [x509.Certificate.load(der) for _, _, der in pem.unarmor(data, multiple=True)]
        for certificate in found:
            certificate.subject.native  # noqa: B018  # it is read only now
    except (ValueError, TypeError):
        found = []
    if not found:
        hint = "give a file of certificates that begins '-----BEGIN CERTIFICATE-----'"
        raise DraftingError(Problem("no-roots", Place(name), "there are no certificates in it", hint))
    return found
