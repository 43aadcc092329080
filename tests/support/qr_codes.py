"""QR codes as a camera reads them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import zxingcpp
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Locator


def read(picture: Any) -> zxingcpp.Barcode:
    """The only QR code in a picture."""
    # Squares in a row may by chance be a bar code of four digits: in 32 of 5,000 links to a plan.
    kind = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    (code,) = zxingcpp.read_barcodes(picture, formats=kind)
    return code


def qr_code(place: Locator) -> str:
    """What a camera reads from the screen."""
    text: str = read(Image.open(io.BytesIO(place.screenshot()))).text
    return text
