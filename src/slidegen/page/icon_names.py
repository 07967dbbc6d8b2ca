"""What icons are called today that Font Awesome 4 and 5 had other names for."""

from __future__ import annotations

_RENAMED = """
adjust:circle-half-stroke ambulance:truck-medical arrow-alt-circle-right:circle-right
arrow-circle-left:circle-arrow-left arrow-circle-right:circle-arrow-right balance-scale:scale-balanced
bank:building-columns bar-chart:chart-bar bar-chart-o:chart-bar beer:beer-mug-empty bell-o:bell
biking:person-biking book-reader:book-open-reader calendar-alt:calendar-days calendar-o:calendar
chalkboard-teacher:chalkboard-user check-circle:circle-check check-square:square-check check-square-o:square-check
chevron-circle-right:circle-chevron-right circle-o:circle clock-o:clock close:xmark
cloud-download:cloud-arrow-down cloud-download-alt:cloud-arrow-down cloud-upload:cloud-arrow-up
cloud-upload-alt:cloud-arrow-up coffee:mug-saucer cog:gear cogs:gears columns:table-columns comment-o:comment
comments-o:comments cut:scissors cutlery:utensils dashboard:gauge-high dollar:dollar-sign dot-circle:circle-dot
dot-circle-o:circle-dot edit:pen-to-square ellipsis-h:ellipsis ellipsis-v:ellipsis-vertical envelope-o:envelope
envelope-square:square-envelope eur:euro-sign exclamation-circle:circle-exclamation
exclamation-triangle:triangle-exclamation external-link:arrow-up-right-from-square
external-link-alt:up-right-from-square facebook-square:square-facebook female:person-dress file-alt:file-lines
file-text:file-lines file-text-o:file-lines fire-alt:fire-flame-curved flash:bolt floppy-o:floppy-disk
frown:face-frown frown-o:face-frown gbp:sterling-sign github-square:square-github glass:martini-glass-empty
globe-africa:earth-africa globe-americas:earth-americas globe-asia:earth-asia globe-europe:earth-europe group:users
hand-o-left:hand-point-left hand-o-right:hand-point-right heart-o:heart heartbeat:heart-pulse hiking:person-hiking
home:house hospital-o:hospital info-circle:circle-info institution:building-columns laugh:face-laugh
level-down-alt:turn-down level-up-alt:turn-up lightbulb-o:lightbulb line-chart:chart-line list-alt:rectangle-list
linkedin-square:linkedin long-arrow-alt-left:left-long long-arrow-alt-right:right-long long-arrow-left:left-long
long-arrow-right:right-long magic:wand-magic-sparkles male:person map-marker:location-dot
map-marker-alt:location-dot medkit:suitcase-medical meh:face-meh meh-o:face-meh minus-circle:circle-minus
mobile:mobile-screen-button mobile-alt:mobile-screen-button money:money-bill money-bill-alt:money-bill-1 moon-o:moon
mortar-board:graduation-cap newspaper-o:newspaper paper-plane-o:paper-plane pause-circle:circle-pause
pencil-alt:pencil phone-alt:phone-flip phone-square:square-phone photo:image picture-o:image pie-chart:chart-pie
play-circle:circle-play plus-circle:circle-plus project-diagram:diagram-project question-circle:circle-question
radiation-alt:circle-radiation random:shuffle redo:arrow-rotate-right refresh:arrows-rotate remove:xmark
rss-square:square-rss running:person-running save:floppy-disk search:magnifying-glass shield-alt:shield-halved
shopping-cart:cart-shopping sign-in:right-to-bracket sign-in-alt:right-to-bracket sign-out:right-from-bracket
sign-out-alt:right-from-bracket smile:face-smile smile-o:face-smile snowflake-o:snowflake
sort-amount-down:arrow-down-wide-short square-o:square star-o:star sticky-note:note-sticky sun-o:sun
sync:arrows-rotate sync-alt:rotate tachometer:gauge-high tachometer-alt:gauge-high tasks:list-check th:table-cells
th-large:table-cells-large thumbs-o-down:thumbs-down thumbs-o-up:thumbs-up times:xmark times-circle:circle-xmark
tint:droplet tools:screwdriver-wrench trash-alt:trash-can trash-o:trash-can twitter-square:square-twitter
undo:arrow-rotate-left university:building-columns unlock-alt:unlock-keyhole usd:dollar-sign user-circle:circle-user
user-friends:user-group users-cog:users-gear video-camera:video walking:person-walking warning:triangle-exclamation
youtube-play:youtube
"""
RENAMED = dict(pair.split(":") for pair in _RENAMED.split())
"""By the old name, without `fa-`, the new one."""
FAMILIES = {
    "fas": ("solid",),
    "fa-solid": ("solid",),
    "far": ("regular", "solid"),
    "fa-regular": ("regular", "solid"),
    "fab": ("brands",),
    "fa-brands": ("brands",),
    "fa": ("solid", "brands", "regular"),
    "bi": ("solid", "regular", "brands"),
    "ti": ("solid", "regular", "brands"),
}
"""By the class that says that an element is an icon, where it is looked for, in this order."""


def slugs(family: str, name: str) -> list[str]:
    """The names by which an icon may be known, the likeliest first: `solid/house` of `fa fa-home`."""
    families = FAMILIES[family]
    if name.endswith("-o"):  # outlines, in Font Awesome 4
        families = ("regular", *families)
    names = dict.fromkeys(
        (name, RENAMED.get(name, name), name.removesuffix("-o"), name.removesuffix("-fill"))
    )
    return [f"{each}/{known}" for known in names for each in families]
