"""The words that only pages of `slidegen serve` say, in the languages of all others."""

from __future__ import annotations

from collections.abc import Mapping

_NAMES = ("problems", "warnings", "followEdits", "followingOn", "followingOff", "noServer")
_WORDS = {
    "en": ("Problems", "Warnings", "Go along with edits, or not", "This window goes along with edits.",
           "This window stays at its slide.", "The connection is lost; trying again."),
    "fr": ("Problèmes", "Avertissements", "Suivre les modifications ou non",
           "Cette fenêtre suit les modifications.", "Cette fenêtre reste à sa diapositive.",
           "Connexion perdue ; nouvel essai en cours."),
    "es": ("Problemas", "Advertencias", "Seguir los cambios o no", "Esta ventana sigue los cambios.",
           "Esta ventana se queda en su diapositiva.", "Se perdió la conexión; se intenta de nuevo."),
    "de": ("Fehler", "Warnungen", "Änderungen folgen oder nicht", "Dieses Fenster folgt Änderungen.",
           "Dieses Fenster bleibt auf seiner Folie.", "Die Verbindung ist unterbrochen; neuer Versuch läuft."),
    "zh": ("问题", "警告", "是否跟随编辑", "此窗口会跟随编辑。", "此窗口停留在当前幻灯片。", "连接已断开，正在重试。"),
    "ja": ("問題", "警告", "編集に追従する／しない", "このウィンドウは編集に追従します。",
           "このウィンドウは今のスライドにとどまります。", "接続が切れました。再接続しています。"),
    "ko": ("문제", "경고", "편집 따라가기 켜기/끄기", "이 창은 편집을 따라갑니다.",
           "이 창은 현재 슬라이드에 머뭅니다.", "연결이 끊겼습니다. 다시 연결하는 중입니다."),
    "it": ("Problemi", "Avvisi", "Seguire le modifiche o no", "Questa finestra segue le modifiche.",
           "Questa finestra resta sulla sua diapositiva.", "Connessione persa; nuovo tentativo in corso."),
    "pt": ("Problemas", "Avisos", "Seguir as alterações ou não", "Esta janela segue as alterações.",
           "Esta janela fica no seu slide.", "A conexão caiu; tentando de novo."),
}  # fmt: skip


def live_words_in(lang: str) -> Mapping[str, str]:
    """The words in a language given as a tag such as `fr-CA`; in English where slidegen does not know it."""
    words = _WORDS.get(lang.replace("_", "-").split("-")[0].lower(), _WORDS["en"])
    return dict(zip(_NAMES, words, strict=True))
