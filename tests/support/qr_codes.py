"""QR codes as a camera reads them."""

from __future__ import annotations

import io

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator


def qr_code(place: Locator) -> str:
    """What a camera reads from the screen."""
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(place.screenshot())))
    text: str = code.text
    return text


# --- sharing -------------------------------------------------------------------------------------
