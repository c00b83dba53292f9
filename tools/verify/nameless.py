"""A window made badly on purpose: the check of the accessibility tree must find what is wrong with it."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QVBoxLayout, QWidget


def main() -> int:
    """Shows a button without words, a field without a name and a box without a label, and no heading."""
    app = QApplication(sys.argv)
    window = QWidget()
    window.setWindowTitle("Nameless")
    column = QVBoxLayout(window)
    for each in (QPushButton(), QLineEdit(), QCheckBox()):
        column.addWidget(each)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
