"""What every answer tells the browser: what may run, who may keep it, where it may be shown."""

from secrets import token_urlsafe

from flask import Response, g, request

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'{nonce}; img-src 'self' data: blob:; "
    "media-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
}
YEAR = 365 * 24 * 3600
HSTS = f"max-age={2 * YEAR}; includeSubDomains"
FOUND = frozenset({200, 206, 304})
KEEP = f"public, max-age={YEAR}, immutable"


def style_nonce() -> str:
    """Lets one <style> of this answer hold; made only where a page asks for it."""
    if "style_nonce" not in g:
        g.style_nonce = token_urlsafe(16)
    return g.style_nonce


def harden(response: Response) -> Response:
    nonce = f" 'nonce-{g.style_nonce}'" if "style_nonce" in g else ""
    response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce))
    response.headers.extend(ALWAYS)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = HSTS
    response.headers.pop("Server", None)
    if request.endpoint == "static":
        _let_keep(response)
    else:
        response.vary.add("Cookie")
        if not response.cache_control.private:
            response.headers["Cache-Control"] = "no-store"
    return response


def _let_keep(response: Response) -> None:
    """A static file named by its digest never changes; any other is asked for anew."""
    if "v" in request.args and response.status_code in FOUND:
        response.headers["Cache-Control"] = KEEP
    else:
        response.headers["Cache-Control"] = "no-cache"
