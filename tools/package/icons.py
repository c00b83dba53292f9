"""The program's icon in the sizes and formats that desktops want, drawn from `ui/icons/partnerwizard.svg`."""

from __future__ import annotations

import os
from pathlib import Path

SIZES = (16, 24, 32, 48, 64, 128, 256)


def draw(svg: Path, size: int, target: Path) -> None:
    """Writes the icon `size` pixels wide to `target`, whose ending (.png, .ico, .icns) names the format."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication([])
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    target.parent.mkdir(parents=True, exist_ok=True)
    if not picture.save(str(target)):
        raise OSError(f"{target}: Qt here cannot write this picture format")
    del application
