"""One stylesheet for the whole application, written from the tokens."""

from __future__ import annotations

from collections.abc import Callable

from ui.tokens import BODY, CORNER, FAMILY, NEAR, SECTION, SMALL, TARGET, TIGHT, TITLE, Colours


def stylesheet(c: Colours, px: Callable[[float], int]) -> str:
    """The rules for these colours at this zoom. Widgets say what they are by the property `role`."""

    def chip(role: str, ink: str, fill: str) -> str:
        # A field of the paper's own colour needs an edge to be seen.
        edge = ink if fill == c.paper else fill
        return (
            f'QLabel[role="{role}"] {{ font-size: {px(SMALL)}px; font-weight: 600; color: {ink}; background: {fill};'
            f" border: 1px solid {edge}; border-radius: {px(11)}px; padding: {px(2)}px {px(10)}px; }}"
        )

    return f"""
* {{ font-family: "{FAMILY}"; font-size: {px(BODY)}px; color: {c.ink}; }}
QMainWindow, QDialog, QMessageBox {{ background: {c.paper}; }}
QDialog[role="tour"] {{ border: 2px solid {c.accent}; }}
QToolTip {{ background: {c.paper}; color: {c.ink}; border: 1px solid {c.edge}; padding: {px(6)}px; }}

QMessageBox QLabel#qt_msgbox_label, QMessageBox QLabel#qt_msgbox_informativelabel {{ min-width: {px(400)}px; }}

QLabel {{ background: transparent; }}
QLabel[role="title"] {{ font-size: {px(TITLE)}px; font-weight: 600; }}
QLabel[role="section"] {{ font-size: {px(SECTION)}px; font-weight: 600; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="muted"] {{ color: {c.muted}; }}
QLabel[role="small"] {{ font-size: {px(SMALL)}px; color: {c.muted}; }}
QLabel[role="small-ink"] {{ font-size: {px(SMALL)}px; }}
QLabel[role="small-strong"] {{ font-size: {px(SMALL)}px; font-weight: 600; }}
QLabel[role="overline"] {{ font-size: {px(SMALL)}px; font-weight: 600; color: {c.muted}; }}
QLabel[role="why"] {{ color: {c.muted}; border-left: 3px solid {c.accent};
    padding: {px(2)}px 0 {px(2)}px {px(NEAR)}px; }}
QLabel[role="notice"] {{ background: {c.caution_soft}; color: {c.caution}; border: 1px solid {c.caution};
    border-radius: {CORNER}px; padding: {px(TIGHT)}px {px(NEAR)}px; font-size: {px(SMALL)}px; }}
QFrame[role="faults"] {{ background: {c.closed_soft}; border: 1px solid {c.closed}; border-radius: {CORNER}px; }}
QFrame[role="faults"]:focus {{ border: 2px solid {c.closed}; }}
QLabel[role="fault"] {{ background: {c.closed_soft}; color: {c.closed}; border: 1px solid {c.closed};
    border-radius: {CORNER}px; padding: {px(TIGHT)}px {px(NEAR)}px; }}
{chip("chip", c.accent, c.soft)}
{chip("chip-caution", c.caution, c.caution_soft)}
{chip("chip-closed", c.closed, c.closed_soft)}
{chip("chip-quiet", c.muted, c.track)}

QWidget[role="paper"], QScrollArea[role="paper"] {{ background: {c.paper}; }}
QWidget[role="canvas"], QScrollArea[role="canvas"] {{ background: {c.canvas}; }}
QScrollArea {{ border: 0; }}
QLabel[role="page"] {{ border: 1px solid {c.line}; background: {c.canvas}; color: {c.muted}; }}
QFrame[role="rule"] {{ background: {c.line}; border: 0; max-height: 1px; min-height: 1px; }}
QWidget[role="upright-rule"] {{ background: {c.line}; }}
QFrame[role="strong-rule"] {{ background: {c.ink}; border: 0; max-height: 2px; min-height: 2px; }}
QFrame[role="card"] {{ background: {c.paper}; border: 1px solid {c.line}; border-radius: {CORNER}px; }}
QFrame[role="card"][selected="true"] {{ background: {c.soft}; border: 2px solid {c.accent}; }}
QFrame[role="row"] {{ background: {c.paper}; border: 1px solid {c.line}; border-radius: {CORNER}px; }}
QFrame[role="row"]:focus {{ border: 2px solid {c.accent}; }}
QFrame[role="row"][lifted="true"] {{ background: {c.soft}; border: 2px solid {c.accent}; }}

QPushButton {{ min-height: {px(TARGET)}px; padding: {px(7)}px {px(16)}px; border-radius: {CORNER}px; font-weight: 600;
    background: {c.paper}; color: {c.accent}; border: 1px solid {c.accent}; }}
QPushButton:hover {{ background: {c.soft}; }}
QPushButton:pressed {{ background: {c.track}; }}
QPushButton:focus {{ border: 2px solid {c.accent}; padding: {px(7) - 1}px {px(16) - 1}px; background: {c.soft}; }}
QPushButton:disabled {{ color: {c.muted}; border: 1px dashed {c.line}; background: {c.canvas}; }}
QPushButton[role="primary"] {{ background: {c.accent}; color: {c.on_accent}; }}
QPushButton[role="primary"]:hover {{ background: {c.accent}; border-color: {c.ink}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {c.ink}; padding: {px(7) - 1}px {px(16) - 1}px; }}
QPushButton[role="primary"]:disabled {{ background: {c.track}; color: {c.muted}; border-color: {c.track}; }}
QPushButton[role="small"] {{ font-size: {px(SMALL)}px; padding: {px(2)}px {px(10)}px; min-height: {px(TARGET)}px; }}
QPushButton[role="small"]:focus {{ padding: {px(2) - 1}px {px(10) - 1}px; }}
QPushButton[role="small"]:checked {{ background: {c.accent}; color: {c.on_accent}; }}
QPushButton[role="small"]:checked:focus {{ border: 2px solid {c.ink}; }}
QPushButton[role="hit"] {{ min-height: 0; padding: 0; border: 0; border-bottom: 2px solid transparent;
    border-radius: 0; background: transparent; }}
QPushButton[role="hit"]:hover {{ border-bottom-color: {c.edge}; }}
QPushButton[role="hit"]:focus {{ border: 0; border-bottom: 3px solid {c.accent}; padding: 0; background: transparent; }}
QPushButton[role="step"], QPushButton[role="fold"] {{ min-height: 0; padding: 0; border: 0; background: transparent; }}
QPushButton[role="quiet"] {{ font-weight: 400; font-size: {px(SMALL)}px; color: {c.ink}; background: transparent;
    border: 2px solid transparent; padding: {px(2)}px {px(6)}px; }}
QPushButton[role="quiet"]:hover {{ text-decoration: underline; background: transparent; }}
QPushButton[role="quiet"]:focus {{ border: 2px solid {c.accent}; padding: {px(2)}px {px(6)}px;
    background: transparent; }}
QPushButton[role="quiet"]:disabled {{ color: {c.muted}; border: 2px solid transparent; background: transparent; }}
QPushButton[role="link"] {{ font-weight: 400; font-size: {px(SMALL)}px; color: {c.accent}; background: transparent;
    text-align: left; border: 2px solid transparent; padding: {px(1)}px 0; text-decoration: underline;
    min-height: {px(TARGET - 4)}px; }}
QPushButton[role="link"]:hover {{ background: {c.soft}; }}
QPushButton[role="link"]:focus {{ border: 2px solid {c.accent}; padding: {px(1)}px 0; }}

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox {{ background: {c.paper};
    border: 1px solid {c.edge}; border-radius: {CORNER}px; padding: {px(6)}px {px(10)}px;
    selection-background-color: {c.accent}; selection-color: {c.on_accent};
    min-height: {px(TARGET)}px; placeholder-text-color: {c.muted}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {{
    border: 2px solid {c.accent}; padding: {px(6) - 1}px {px(10) - 1}px; }}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{ border: 0; padding: 0; min-height: 0; background: transparent; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: 0; }}
QLineEdit[invalid="true"] {{ border: 2px solid {c.closed}; }}
QComboBox QAbstractItemView {{ background: {c.paper}; border: 1px solid {c.edge}; selection-background-color: {c.soft};
    selection-color: {c.ink}; outline: 0; }}

QListWidget {{ background: {c.paper}; border: 1px solid {c.edge}; border-radius: {CORNER}px; padding: {px(4)}px;
    outline: 0; }}
QListWidget:focus {{ border: 2px solid {c.accent}; padding: {px(4) - 1}px; }}
QListWidget::item {{ min-height: {px(TARGET)}px; padding: {px(5)}px {px(8)}px; border-radius: 4px; color: {c.ink}; }}
QListWidget::item:selected {{ background: {c.soft}; color: {c.ink}; border-left: 3px solid {c.accent}; }}
QFrame[role="drop"] {{ background: {c.canvas}; border: 2px dashed {c.edge}; border-radius: {CORNER}px; }}
QFrame[role="drop"][over="true"] {{ background: {c.soft}; border: 2px solid {c.accent}; }}
QPushButton[role="big"] {{ font-size: {px(SECTION)}px; min-height: {px(40)}px; padding: {px(8)}px {px(28)}px; }}
QPushButton[role="big-primary"] {{ font-size: {px(SECTION)}px; min-height: {px(40)}px; padding: {px(8)}px {px(28)}px;
    background: {c.accent}; color: {c.on_accent}; }}
QPushButton[role="big-primary"]:focus {{ border: 2px solid {c.ink}; padding: {px(8) - 1}px {px(28) - 1}px; }}
QLabel[role="receipt"] {{ font-size: {px(34)}px; font-weight: 600; }}

QCheckBox, QRadioButton {{ spacing: {px(TIGHT)}px; min-height: {px(TARGET)}px; background: transparent; }}

QMenuBar {{ background: {c.paper}; padding: {px(2)}px {px(12)}px; font-size: {px(SMALL)}px; }}
QMenuBar::item {{ background: transparent; padding: {px(4)}px {px(8)}px; border-radius: 4px;
    font-size: {px(SMALL)}px; }}
QMenuBar::item:selected {{ background: {c.soft}; }}
QMenu {{ background: {c.paper}; border: 1px solid {c.edge}; padding: {px(4)}px; }}
QMenu::item {{ padding: {px(5)}px {px(28)}px {px(5)}px {px(24)}px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.soft}; color: {c.ink}; }}
QMenu::item:disabled {{ color: {c.muted}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: {px(4)}px; }}

QScrollBar:vertical {{ background: transparent; width: {px(12)}px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {c.hatch}; border-radius: 3px; min-height: {px(32)}px;
    margin: 2px {px(12) - 8}px 2px 2px; }}
QScrollBar:horizontal {{ background: transparent; height: {px(12)}px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {c.hatch}; border-radius: 3px; min-width: {px(32)}px;
    margin: 2px 2px {px(12) - 8}px 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QProgressBar {{ border: 1px solid {c.edge}; border-radius: 4px; background: {c.track}; min-height: {px(8)}px;
    max-height: {px(8)}px; text-align: center; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
"""
