// One line for the whole process, however often and from however many copies this package is loaded.
const warned = Symbol.for("@sigil/jazz warned");
const shared = globalThis as { [warned]?: true };

if (shared[warned] === undefined) {
  shared[warned] = true;
  console.warn(
    "@sigil/jazz is now called @sigil/astrotrain: install that and import the same names from it. This name gets no new features.",
  );
}

export {};
