"""The few words that slidegen itself says in a page, in the languages that people have given it."""

from __future__ import annotations

from collections.abc import Mapping

_ENGLISH = {
    "slide": "Slide",
    "help": "Keyboard shortcuts",
    "close": "Close",
    "previous": "Previous slide",
    "next": "Next slide",
    "first": "First slide",
    "last": "Last slide",
    "number": "Slide of this number",
    "blackout": "Black screen",
    "mirror": "Mirrored slides",
    "fullscreen": "Full screen",
    "escape": "Back to the slides",
    "space": "Space",
    "digits": "number",
}
_FRENCH = {
    "slide": "Diapositive",
    "help": "Raccourcis clavier",
    "close": "Fermer",
    "previous": "Diapositive précédente",
    "next": "Diapositive suivante",
    "first": "Première diapositive",
    "last": "Dernière diapositive",
    "number": "Diapositive de ce numéro",
    "blackout": "Écran noir",
    "mirror": "Diapositives en miroir",
    "fullscreen": "Plein écran",
    "escape": "Retour aux diapositives",
    "space": "Espace",
    "digits": "numéro",
}
_SPANISH = {
    "slide": "Diapositiva",
    "help": "Atajos de teclado",
    "close": "Cerrar",
    "previous": "Diapositiva anterior",
    "next": "Diapositiva siguiente",
    "first": "Primera diapositiva",
    "last": "Última diapositiva",
    "number": "Diapositiva con ese número",
    "blackout": "Pantalla en negro",
    "mirror": "Diapositivas en espejo",
    "fullscreen": "Pantalla completa",
    "escape": "Volver a las diapositivas",
    "space": "Espacio",
    "digits": "número",
}
_GERMAN = {
    "slide": "Folie",
    "help": "Tastenkürzel",
    "close": "Schließen",
    "previous": "Vorige Folie",
    "next": "Nächste Folie",
    "first": "Erste Folie",
    "last": "Letzte Folie",
    "number": "Folie mit dieser Nummer",
    "blackout": "Schwarzer Bildschirm",
    "mirror": "Gespiegelte Folien",
    "fullscreen": "Vollbild",
    "escape": "Zurück zu den Folien",
    "space": "Leertaste",
    "digits": "Nummer",
}
_CHINESE = {
    "slide": "幻灯片",
    "help": "键盘快捷键",
    "close": "关闭",
    "previous": "上一张",
    "next": "下一张",
    "first": "第一张",
    "last": "最后一张",
    "number": "转到该编号",
    "blackout": "黑屏",
    "mirror": "镜像",
    "fullscreen": "全屏",
    "escape": "返回幻灯片",
    "space": "空格",
    "digits": "编号",
}
_JAPANESE = {
    "slide": "スライド",
    "help": "キーボードショートカット",
    "close": "閉じる",
    "previous": "前のスライド",
    "next": "次のスライド",
    "first": "最初のスライド",
    "last": "最後のスライド",
    "number": "番号のスライドへ",
    "blackout": "黒い画面",
    "mirror": "左右反転",
    "fullscreen": "全画面",
    "escape": "スライドに戻る",
    "space": "スペース",
    "digits": "番号",
}
_KOREAN = {
    "slide": "슬라이드",
    "help": "키보드 단축키",
    "close": "닫기",
    "previous": "이전 슬라이드",
    "next": "다음 슬라이드",
    "first": "첫 슬라이드",
    "last": "마지막 슬라이드",
    "number": "해당 번호의 슬라이드",
    "blackout": "검은 화면",
    "mirror": "좌우 반전",
    "fullscreen": "전체 화면",
    "escape": "슬라이드로 돌아가기",
    "space": "스페이스",
    "digits": "번호",
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": _ENGLISH,
    "fr": _FRENCH,
    "es": _SPANISH,
    "de": _GERMAN,
    "zh": _CHINESE,
    "ja": _JAPANESE,
    "ko": _KOREAN,
}
"""By primary language subtag, then by what is said."""


def words_in(lang: str) -> Mapping[str, str]:
    """The words in a language given as a tag such as `fr-CA`; in English where slidegen does not know it."""
    return WORDS.get(lang.replace("_", "-").split("-")[0].lower(), _ENGLISH)
