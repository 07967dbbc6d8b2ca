/**
 * Lets the keyboard scroll a listing whose lines are longer than it is wide.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  const follow = () => {
    for (const listing of deck.slide.steps.content.querySelectorAll(".remark-code:not([tabindex])")) {
      if (listing.scrollWidth > listing.clientWidth + 1) listing.setAttribute("tabindex", "0");
    }
  };
  if (deck.slide) follow();
  return deck.on("changed", follow);
}
