"""An OpenID Connect provider on this machine: the code flow, and nothing given without the proof it was promised (PKCE)."""

import base64
import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi import FastAPI, Form
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse, RedirectResponse, Response
from jwt.algorithms import RSAAlgorithm


class Provider:
    """Knows one person, who is signed in there already."""

    def __init__(self, issuer: str, username: str) -> None:
        """At that address."""
        self.issuer, self._username = issuer, username
        self._key = rsa.generate_private_key(65537, 2048)
        self._challenges: dict[str, str] = {}

    def app(self) -> FastAPI:
        """Its pages."""
        app = FastAPI()
        app.add_middleware(CORSMiddleware, allow_origins=["*"])
        app.get("/.well-known/openid-configuration")(self._configuration)
        app.get("/keys")(self._keys)
        app.get("/authorize")(self._authorize)
        app.post("/token")(self._token)
        return app

    async def _configuration(self) -> dict[str, str]:
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": self.issuer} | {name: f"{self.issuer}/{page}" for name, page in names.items()}

    async def _keys(self) -> dict[str, Any]:
        return {"keys": [{**RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True), "kid": "only"}]}

    async def _authorize(
        self, client_id: str, redirect_uri: str, state: str, code_challenge: str, code_challenge_method: str
    ) -> Response:
        assert (client_id, code_challenge_method) == ("louke", "S256")
        code = secrets.token_urlsafe()
        self._challenges[code] = code_challenge
        return RedirectResponse(f"{redirect_uri}?{urlencode({'code': code, 'state': state})}")

    async def _token(self, code: Annotated[str, Form()], code_verifier: Annotated[str, Form()]) -> Response:
        proof = base64.urlsafe_b64encode(hashlib.sha256(code_verifier.encode()).digest()).decode().rstrip("=")
        if self._challenges.pop(code, "") != proof:
            return JSONResponse({"error": "invalid_grant"}, 400)
        said = {"sub": self._username, "exp": datetime.now(UTC) + timedelta(hours=1), "aud": "louke", "iss": self.issuer}
        token = jwt.encode(said, self._key, "RS256", headers={"kid": "only"})
        return JSONResponse({"access_token": token, "id_token": token, "token_type": "Bearer", "expires_in": 3600})
