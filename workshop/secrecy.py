"""Keyed hashes, seals and ballot keys. All take the server's secret; nothing here reads or writes the database.

A *seal* hides a short text under a random token: the text xor a pad made from the token. A token is random and seals one
text only, so the pad is used once. Whoever holds the token opens the seal; the database and the secret alone do not.
An *enclosed* message goes from one process to another: encrypted and authenticated with the secret alone.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

TOKEN_BYTES = 24
#: bytes of a card's hash that are used, and of a block of `veil`
CARD_BYTES = 24
#: of an enclosed message: what makes its stream its own, and that with the proof
_NONCE_BYTES, _HEAD_BYTES = 24, 56
_ROUNDS = 4


def new_token() -> str:
    """Returns a fresh token: 192 random bits, URL-safe."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(secret: str, purpose: str, *parts: str) -> bytes:
    """Returns the HMAC-SHA-256 of the parts for one purpose, 32 bytes. Each part is preceded by its length, so that other
    parts with the same joined text give another result."""
    message = "".join(f"{len(part)}:{part}" for part in (purpose, *parts))
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256).digest()


def keyed_hash(secret: str, purpose: str, text: str) -> str:
    """Returns the hash that the database stores of a token or a code, as hex."""
    return digest(secret, purpose, text).hex()


def derived_token(secret: str, purpose: str, seed: str) -> str:
    """Returns a token derived from a random text, such as a client's command id: the same text gives the same token, so a
    repeated request gets the same one."""
    return digest(secret, purpose, seed).hex()[:48]


def derived_link(secret: str, seed: str) -> str:
    """Returns the token of a link, derived from a client's random command id. It is as long as `new_token`, so that it can
    be sealed."""
    return base64.urlsafe_b64encode(digest(secret, "link", seed)[:TOKEN_BYTES]).decode()


def seal(secret: str, token: str, text: str) -> bytes:
    """Returns `text` hidden under `token`. Raises `ValueError` for a text of more than 32 bytes."""
    data = text.encode()
    if len(data) > hashlib.sha256().digest_size:
        raise ValueError("only short texts can be sealed")
    pad = digest(secret, "seal", token)
    return bytes(a ^ b for a, b in zip(data, pad, strict=False))


class CannotOpen(ValueError):
    """Raised for a seal that was made with another secret or token, or that is damaged."""


def unseal(secret: str, token: str, sealed: bytes) -> str:
    """Returns the text hidden by `seal` under the same token. Raises `CannotOpen` where the result is no valid text. A wrong
    secret or token may also give a wrong text, so compare the result with a stored hash."""
    pad = digest(secret, "seal", token)
    try:
        return bytes(a ^ b for a, b in zip(sealed, pad, strict=False)).decode()
    except UnicodeDecodeError as error:
        raise CannotOpen("the seal cannot be opened") from error


def enclose(secret: str, purpose: str, content: bytes) -> bytes:
    """Returns the content encrypted and authenticated for one purpose: a fresh nonce, a proof, and the hidden bytes. The
    stream is SHAKE-256 of a key and the nonce, the proof is HMAC-SHA-256 over nonce and hidden bytes under another key."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    hidden = _streamed(secret, purpose, nonce, content)
    return nonce + _proof(secret, purpose, nonce + hidden) + hidden


def disclose(secret: str, purpose: str, enclosed: bytes) -> bytes:
    """Returns what `enclose` hid for the same purpose. Raises `CannotOpen` for anything that was not made by `enclose` with
    the same secret and purpose, or has been changed."""
    nonce, proof, hidden = enclosed[:_NONCE_BYTES], enclosed[_NONCE_BYTES:_HEAD_BYTES], enclosed[_HEAD_BYTES:]
    if not hmac.compare_digest(proof, _proof(secret, purpose, nonce + hidden)):
        raise CannotOpen("the message is not ours")
    return _streamed(secret, purpose, nonce, hidden)


def _proof(secret: str, purpose: str, content: bytes) -> bytes:
    return hmac.digest(digest(secret, "proof of a message", purpose), content, "sha256")


def _streamed(secret: str, purpose: str, nonce: bytes, content: bytes) -> bytes:
    size = len(content)
    pad = hashlib.shake_256(digest(secret, "hidden message", purpose) + nonce).digest(size)
    return (int.from_bytes(content) ^ int.from_bytes(pad)).to_bytes(size)


def ballot_key(secret: str, vote_id: str, personal_code: str) -> str:
    """Returns the key under which a person's ballot paper is stored while the vote is open (docs/secrecy.md)."""
    return digest(secret, "ballot", vote_id, personal_code).hex()


def act_salt(secret: str, workshop_id: int, act: str, number: int) -> str:
    """Returns the salt of the journal's digest of one act after the seminar, as hex. It is derived from the server's secret,
    so nobody else can test guesses at the text of an agreement that only its parties may read (docs/proof.md)."""
    return digest(secret, "act", str(workshop_id), act, str(number)).hex()


def random_key() -> str:
    """Returns a random key that replaces a ballot paper's key when the vote closes."""
    return secrets.token_hex(32)


def card_code(secret: str, workshop_id: int, personal_code: str, command_id: str) -> bytes:
    """Returns the random bytes of the follow-up card that a person takes by this command. The same command gives the same
    bytes, and they cannot be computed without the person's code."""
    return digest(secret, "take card", str(workshop_id), personal_code, command_id)


def card_block(secret: str, code: str) -> bytes:
    """Returns the hash of a follow-up card's code that `veil` hides."""
    return digest(secret, "card", code)[:CARD_BYTES]


def veil(secret: str, salt: str, block: bytes) -> bytes:
    """Returns a block of `CARD_BYTES` bytes encrypted under a salt. Without the secret nobody can see whether two results
    under different salts come from the same block. (Four Feistel rounds of HMAC-SHA-256: Luby and Rackoff, 1988.)"""
    left, right = block[: CARD_BYTES // 2], block[CARD_BYTES // 2 :]
    for number in range(_ROUNDS):
        left, right = right, _mixed(secret, salt, number, left, right)
    return left + right


def unveil(secret: str, salt: str, block: bytes) -> bytes:
    """Returns the block that `veil` encrypted under the same salt."""
    left, right = block[: CARD_BYTES // 2], block[CARD_BYTES // 2 :]
    for number in reversed(range(_ROUNDS)):
        left, right = _mixed(secret, salt, number, right, left), left
    return left + right


def _mixed(secret: str, salt: str, number: int, half: bytes, key: bytes) -> bytes:
    pad = digest(secret, "veil", salt, str(number), key.hex())
    return bytes(a ^ b for a, b in zip(half, pad, strict=False))


def verdict_key(secret: str, look_back_id: int, on: str, card: str) -> str:
    """Returns the key under which a card's verdict on one item is stored while the look-back is open (docs/secrecy.md)."""
    return digest(secret, "verdict", str(look_back_id), on, card).hex()
