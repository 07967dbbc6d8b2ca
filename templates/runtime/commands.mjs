/**
 * Something that a key does.
 * @typedef {object} Command
 * @property {string} label the word by which the help describes it, a key of the page's words
 * @property {string[]} keys as `KeyboardEvent.key` names them, letters in lower case
 * @property {(event: KeyboardEvent) => void} run
 */

/** All commands, in the order of the help. @type {Command[]} */
export const commands = [];

/** Whether keys for characters are enabled: people who use speech input may not want them. */
export const letters = { on: true };

/** What does not work in this browser or place, as keys of the page's words; the help says so. @type {Set<string>} */
export const lacks = new Set();

/**
 * @param {string} label
 * @param {string} keys separated by blanks; `Space` stands for the space bar
 * @param {(event: KeyboardEvent) => void} run
 * @returns {() => void} takes the command away again
 */
export function addCommand(label, keys, run) {
  const command = { label, keys: keys.split(" ").filter(Boolean).map((key) => (key === "Space" ? " " : key)), run };
  commands.push(command);
  return () => void commands.splice(commands.indexOf(command), 1);
}
