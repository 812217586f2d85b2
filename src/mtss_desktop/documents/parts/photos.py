"""Photos on paper: upright, small enough to send, large enough to read."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

DPI = 200
"""Dots per inch on paper: handwriting on chart paper is read at arm's length."""


@dataclass(frozen=True)
class Fitted:
    """A picture as JPEG with its size on paper in points."""

    content: bytes
    width: float
    height: float

    def image(self) -> Any:
        from reportlab.lib.utils import ImageReader

        return ImageReader(BytesIO(self.content))


def fitted(content: bytes, width: float, height: float) -> Fitted | None:
    """No wider and no higher than given, None for what is no picture."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content)) as picture:
            scale = min(width / picture.width, height / picture.height)
            wide, high = picture.width * scale, picture.height * scale
            dots = (max(1, round(wide * DPI / 72)), max(1, round(high * DPI / 72)))
            flat = Image.new("RGB", picture.size, "white")
            clear = picture.convert("RGBA")
            flat.paste(clear, mask=clear.getchannel("A"))
    except (UnidentifiedImageError, OSError, ZeroDivisionError, Image.DecompressionBombError):
        return None
    if dots[0] < flat.width:
        flat = flat.resize(dots)
    target = BytesIO()
    flat.save(target, "JPEG", quality=80)
    return Fitted(target.getvalue(), wide, high)


def data_address(content: bytes) -> str:
    """A picture inside an HTML page, 600 points wide at most; "" for what is no picture."""
    import base64

    made = fitted(content, 450.0, 600.0)
    return "" if made is None else f"data:image/jpeg;base64,{base64.b64encode(made.content).decode('ascii')}"
