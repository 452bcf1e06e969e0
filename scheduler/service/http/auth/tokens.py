"""Bearer tokens of an OpenID Connect issuer."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import jwt

from models.errors import InvalidInput
from scheduler.service.http.auth.principal import Principal, Scope
from scheduler.service.settings import Settings

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
_LEEWAY = 30  # seconds that clocks may differ
_TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Tokens:
    """Takes the tokens of one issuer, made for one audience.

    Raises
    ------
    InvalidInput
        Where the issuer's keys would come unprotected, or something is not told.
    """

    def __init__(self, settings: Settings) -> None:
        self._issuer, self._audience = settings.oidc_issuer, settings.oidc_audience
        self._tenant_claim = settings.oidc_tenant_claim
        if not self._audience or not settings.oidc_jwks_url:
            raise InvalidInput("oidc_issuer needs oidc_audience and oidc_jwks_url")
        url = urlsplit(settings.oidc_jwks_url)
        local = url.scheme == "http" and url.hostname in _LOOPBACK
        if url.scheme != "https" and not local:
            raise InvalidInput("oidc_jwks_url must begin with https://")
        self._keys = jwt.PyJWKClient(settings.oidc_jwks_url, lifespan=600, timeout=5)

    def principal_of(self, token: str) -> Principal | None:
        """Return whose token it is, ``None`` where it proves nothing."""
        try:
            key = self._keys.get_signing_key_from_jwt(token)
            claims = jwt.decode(
                token,
                key,
                algorithms=list(ALGORITHMS),
                audience=self._audience,
                issuer=self._issuer,
                leeway=_LEEWAY,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except (jwt.PyJWTError, ValueError):
            return None
        tenant = claims.get(self._tenant_claim)
        if not isinstance(tenant, str) or not _TENANT.fullmatch(tenant):
            return None
        return Principal(tenant, str(claims["sub"])[:200], _scopes(claims))


def _scopes(claims: Mapping[str, Any]) -> frozenset[Scope]:
    told = claims.get("scope", claims.get("scp", ""))
    names = told.split() if isinstance(told, str) else told
    return frozenset(scope for scope in Scope if scope.value in names)
