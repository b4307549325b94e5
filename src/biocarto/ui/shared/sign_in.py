"""How people sign in here: the providers of identities that Streamlit's secrets name, and what is wrong with them, in words.

No value of the secrets is ever told, and no provider is asked before somebody wants to sign in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from biocarto.config import Settings, read_base, read_host
from biocarto.errors import SettingError, quote_value
from biocarto.ui.shared import cache

DEFAULT_PROVIDER = "default"
"""What Streamlit calls the provider of the section `[auth]` itself."""
KEYS = ("client_id", "client_secret", "server_metadata_url")
CALLBACK = "/oauth2callback"
SHORTEST_SECRET = 32
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True)
class SignInSettings:
    """The providers by the names that `st.login` takes, and the issuers whose addresses of mail count without being confirmed."""

    providers: tuple[str, ...]
    trusted_issuers: frozenset[str]


def read_sign_in() -> SignInSettings | None:
    """What the secrets say, None where they name no provider; raises SettingError."""
    secrets = _read_secrets()
    if "auth" not in secrets:
        return None
    section = secrets["auth"]
    if not isinstance(section, Mapping):
        raise _build_error("[auth] n'est pas une section", "[auth] is no section")
    _require_shared_keys(section, cache.settings())
    return SignInSettings(_read_providers(section), _read_trusted(secrets))


def can_sign_in() -> bool:
    """Whether there is a provider, and nothing wrong with it."""
    try:
        return read_sign_in() is not None
    except SettingError:
        return False


def require_readable_secrets() -> None:
    """Raise SettingError for a file of secrets that cannot be opened or is no text: Streamlit itself would not start with it."""
    try:
        st.secrets.load_if_toml_exists()
    except (OSError, ValueError):
        raise _build_error("le fichier ne peut pas être lu", "the file cannot be read") from None


def _read_secrets() -> dict[str, Any]:
    """All secrets, none where there is no file; Streamlit takes a broken file for none."""
    require_readable_secrets()
    if st.secrets.load_if_toml_exists():
        return st.secrets.to_dict()
    if any(Path(path).exists() for path in st.get_option("secrets.files")):
        raise _build_error("le fichier n'est pas du TOML", "the file is no TOML")
    return {}


def _build_error(fr: str, en: str) -> SettingError:
    return SettingError(
        f"La connexion est mal réglée dans .streamlit/secrets.toml : {fr}. L'atelier reste fermé, rien d'autre ne change. L'exploitant "
        "trouvera ce fichier décrit dans docs/atelier.md.",
        f"The sign-in is set up wrongly in .streamlit/secrets.toml: {en}. The desk stays closed, nothing else changes. The operator finds "
        "this file described in docs/atelier.md.",
    )


def _require_shared_keys(section: Mapping[str, Any], settings: Settings) -> None:
    """What all providers have in common."""
    secret, redirect = section.get("cookie_secret"), str(section.get("redirect_uri", ""))
    if not isinstance(secret, str) or len(secret) < SHORTEST_SECRET:
        raise _build_error(
            f"cookie_secret manque ou a moins de {SHORTEST_SECRET} caractères",
            f"cookie_secret is missing or has fewer than {SHORTEST_SECRET} characters",
        )
    if section.get("expose_tokens"):
        raise _build_error("expose_tokens doit être retiré", "expose_tokens has to be removed")
    if not _leads_back(redirect.replace("{port}", str(st.get_option("server.port"))), settings):
        base = settings.public_url or f"http://localhost:8501{read_base(st.get_option('server.baseUrlPath'))}"
        raise _build_error(f"redirect_uri n'est pas {base}{CALLBACK}", f"redirect_uri is not {base}{CALLBACK}")


def _leads_back(redirect: str, settings: Settings) -> bool:
    """Whether an address of return is this server's: its public one, or any port of a laptop."""
    if settings.public_url:
        return redirect == f"{settings.public_url}{CALLBACK}"
    try:
        parts = urlsplit(redirect)
    except ValueError:
        return False
    path = read_base(st.get_option("server.baseUrlPath")) + CALLBACK
    return parts.scheme == "http" and read_host(parts.netloc) in _LOOPBACK and (parts.path, parts.query) == (path, "")


def _read_providers(section: Mapping[str, Any]) -> tuple[str, ...]:
    named = {name: value for name, value in section.items() if isinstance(value, Mapping) and name not in {"client_kwargs"}}
    own = {key: section[key] for key in KEYS if key in section}
    providers = ({DEFAULT_PROVIDER: own} if own else {}) | named
    if not providers:
        raise _build_error("aucun fournisseur d'identité n'y est nommé", "it names no provider of identities")
    for name, values in providers.items():
        _require_provider(name, values)
    return tuple(providers)


def _require_provider(name: str, values: Mapping[str, Any]) -> None:
    shown = quote_value(name)
    if "_" in name:
        raise _build_error(f"le nom du fournisseur « {shown} » a un trait bas", f"the name of the provider “{shown}” has an underscore")
    missing = ", ".join(key for key in KEYS if not isinstance(values.get(key), str) or not values[key].strip())
    if missing:
        raise _build_error(f"il manque {missing} au fournisseur « {shown} »", f"the provider “{shown}” lacks {missing}")
    if not _is_safe(values["server_metadata_url"]):
        raise _build_error(
            f"server_metadata_url du fournisseur « {shown} » ne commence pas par https://",
            f"server_metadata_url of the provider “{shown}” does not begin with https://",
        )


def _is_safe(address: str) -> bool:
    """An address that nobody on the way can change: https, or this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and read_host(parts.netloc) in _LOOPBACK))


def _read_trusted(secrets: Mapping[str, Any]) -> frozenset[str]:
    own = secrets.get("biocarto", {})
    issuers = own.get("trusted_issuers", []) if isinstance(own, Mapping) else None
    if not isinstance(issuers, list) or not all(isinstance(issuer, str) and _is_safe(issuer) for issuer in issuers):
        raise _build_error(
            "trusted_issuers de [biocarto] n'est pas une liste d'adresses https://",
            "trusted_issuers of [biocarto] is no list of https:// addresses",
        )
    return frozenset(issuers)
