import { onMessage, send } from "./channel.mjs";

/**
 * Keeps the windows of a session on the same slide and step, and black together.
 * @param {import("./deck.mjs").Deck} deck
 */
export function start(deck) {
  const { classList } = document.body;
  const isBlack = () => classList.contains("remark-blackout-mode");
  let black = isBlack();

  const tellSlide = () => send({ kind: "slide", index: deck.current });
  const tellBlack = () => {
    if (black !== isBlack()) send({ kind: "blackout", on: (black = isBlack()) });
  };
  const removals = [
    deck.on("changed", (/** @type {unknown} */ _, /** @type {string} */ by) => by === "here" && tellSlide()),
    deck.on("toggleBlackout", tellBlack),
    deck.on("hideOverlay", tellBlack),
    onMessage("slide", ({ index }) => deck.goto(index, "there")),
    onMessage("blackout", ({ on }) => {
      black = classList.toggle("remark-blackout-mode", on);
    }),
    onMessage("hello", () => {
      tellSlide();
      if (black) send({ kind: "blackout", on: black });
    }),
  ];
  send({ kind: "hello" });
  return () => removals.forEach((remove) => remove());
}
