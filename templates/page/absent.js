/**
 * Stands in for libraries that the page's scripts use and that were dropped: calls do nothing. Callbacks for
 * when such a library is ready run at once.
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
