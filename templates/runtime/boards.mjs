import { onMessage, send } from "./channel.mjs";
import { addCommand } from "./commands.mjs";
import { listen } from "./events.mjs";
import { isReading, usesKey } from "./focus.mjs";
import { make } from "./elements.mjs";

/**
 * Board pages: empty pages after a slide to draw on. Shift+B adds one; those with drawings follow the
 * last step of their slide whenever it is passed.
 * @param {import("./deck.mjs").Deck} deck
 * @param {import("./strokes.mjs").Strokes} strokes
 * @param {Record<string, string>} words
 */
export function startBoards(deck, strokes, words) {
  const page = make("div", { class: "slidegen-board" });
  /** The slide whose board pages are shown. */
  let slide = -1;

  const put = (/** @type {number} */ board) => {
    slide = strokes.here;
    strokes.board = board;
    strokes.show();
    if (!board) {
      page.remove();
      return;
    }
    const { content } = deck.slide.steps;
    const { color, backgroundColor } = getComputedStyle(content);
    page.style.background = backgroundColor;
    page.style.color = color;
    page.textContent = `${deck.slide.number} +${board}`;
    content.parentElement?.after(page); // below the drawings
  };
  const show = (/** @type {number} */ board) => {
    put(board);
    const status = document.querySelector(".slidegen-status");
    if (status) status.textContent = board ? words.board : "";
    send({ kind: "board", slide, board });
  };
  const follow = (/** @type {unknown} */ _, /** @type {string} */ by) => {
    if (slide === strokes.here || !strokes.board) return;
    if (by === "here") send({ kind: "board", slide, board: 0 });
    put(0);
  };
  const { move } = deck;
  /** Whether a step forward or back leads to a board page, or from one to its slide. */
  const turns = (/** @type {number} */ by) => {
    const { board, here } = strokes;
    const { step, steps } = deck.slide;
    if (isReading() || document.body.matches(".slidegen-overview-mode")) return false;
    const next = board + by;
    const comes = by < 0 ? board > 0 : next <= strokes.boards(here) && (board > 0 || step === steps.templates.length);
    if (comes) show(next);
    else if (board) show(0);
    return comes;
  };
  const add = () => {
    if (isReading()) return;
    const { board, here } = strokes;
    show(Math.min(board, strokes.boards(here)) + 1);
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "B" || !event.shiftKey || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (usesKey(event.target, "b") || document.querySelector("dialog:modal")) return;
    event.preventDefault(); // without Shift, it is the key for a black screen
    add();
  };

  deck.move = (by) => {
    if (!deck.slide || turns(by)) return;
    const { steps } = deck.slide;
    move.call(deck, by);
    if (by < 0 && deck.slide.steps !== steps && strokes.boards(strokes.here)) show(strokes.boards(strokes.here));
  };
  const removals = [
    addCommand("board", "Shift+B", add),
    deck.on("changed", follow),
    deck.on("hideOverlay", () => strokes.board > 0 && (show(0), true)),
    onMessage("board", (message) => {
      if (message.slide === strokes.here) put(message.board);
    }),
    onMessage("hello", () => strokes.board && send({ kind: "board", slide, board: strokes.board })),
    listen(document, "keydown", press),
    () => (deck.move = move),
    () => page.remove(),
  ];
  return { add, stop: () => removals.forEach((remove) => remove()) };
}
