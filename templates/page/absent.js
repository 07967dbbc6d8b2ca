/**
 * Stands in for what the page's scripts ask of libraries that stayed behind: nothing happens. What was to happen
 * once such a library is ready happens at once.
 * @param {string[]} names
 */
function (names) {
  const absent = (/** @type {string} */ called) =>
    new Proxy(function () {}, {
      get(_target, key) {
        if (key === Symbol.toPrimitive) return () => "";
        if (key === Symbol.iterator) return function* () {};
        return absent(String(key));
      },
      set: () => true,
      construct: () => absent(called),
      apply(_target, _self, given) {
        if (/^(?:then|Queue|(?:Register)?StartupHook|ready)$/.test(called)) {
          for (const each of given) if (typeof each === "function") queueMicrotask(() => each());
        }
        return absent(called === "then" ? "" : called);
      },
    });
  for (const name of names) {
    if (!(name in window)) {
      Object.defineProperty(window, name, { value: absent(name), writable: true, configurable: true });
    }
  }
}
