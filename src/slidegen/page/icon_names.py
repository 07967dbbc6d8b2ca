"""Maps the names of icons in Font Awesome 4 and 5, Bootstrap Icons and Tabler to today's names."""

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
"""Old names to new ones, without `fa-`."""
_OF_OTHERS = """
airplane:plane alarm:clock alert-circle:circle-exclamation alert-triangle:triangle-exclamation
arrow-clockwise:arrow-rotate-right arrow-counterclockwise:arrow-rotate-left arrow-repeat:arrows-rotate bike:bicycle
box-arrow-in-right:right-to-bracket box-arrow-right:right-from-bracket box-arrow-up-right:up-right-from-square
brand-x:x-twitter brightness-high:sun bulb:lightbulb cart:cart-shopping chat:comment chat-dots:comment-dots check2:check
circle-x:circle-xmark code-slash:code cpu:microchip dash:minus device-floppy:floppy-disk device-laptop:laptop
diagram-3:diagram-project dots:ellipsis dots-vertical:ellipsis-vertical emoji-frown:face-frown emoji-smile:face-smile
eye-off:eye-slash file-earmark:file file-earmark-text:file-lines geo-alt:location-dot graph-up:chart-line
hand-thumbs-down:thumbs-down hand-thumbs-up:thumbs-up help:circle-question journal:book lightning:bolt
lightning-charge:bolt link-45deg:link mail:envelope menu:bars messages:comments mic:microphone mood-sad:face-frown
mood-smile:face-smile mortarboard:graduation-cap music-note:music news:newspaper people:users pin:thumbtack
pin-map:map-pin player-pause:pause player-play:play player-stop:stop printer:print puzzle:puzzle-piece
question-mark:question quote:quote-left reload:arrow-rotate-right rocket-takeoff:rocket send:paper-plane
settings:gear snow:snowflake stack:layer-group telephone:phone temperature:temperature-half
thermometer-half:temperature-half three-dots:ellipsis three-dots-vertical:ellipsis-vertical thumb-down:thumbs-down
thumb-up:thumbs-up tool:wrench twitter-x:x-twitter wand:wand-magic window:window-maximize world:globe x:xmark
x-circle:circle-xmark
"""
OF_OTHERS = dict(pair.split(":") for pair in _OF_OTHERS.split())
"""Names in Bootstrap Icons or Tabler to Font Awesome's, without prefixes."""
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
"""By the class that makes an element an icon: the sets to search, in order."""


def slugs(family: str, name: str) -> list[str]:
    """The possible keys of an icon, most likely first: `solid/house` for `fa fa-home`."""
    families = FAMILIES[family]
    if name.endswith("-o"):  # outlines, in Font Awesome 4
        families = ("regular", *families)
    names = [name, RENAMED.get(name, name), name.removesuffix("-o")]
    if family in ("bi", "ti"):
        plain = name.removeprefix("brand-").removesuffix("-fill").removesuffix("-lg")
        names = [OF_OTHERS.get(name, OF_OTHERS.get(plain, plain)), RENAMED.get(plain, plain), name]
        if name.startswith("brand-"):
            families = ("brands",)
    return [f"{each}/{known}" for known in dict.fromkeys(names) for each in families]
