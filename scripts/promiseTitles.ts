/** Tests that hold no promise by its id, but go fewer rounds in the ordinary suite as well: in the full run they go all of them. */
const shortened = [
  "React 18 ",
  "the QR code is read off a screenshot",
  "agrees with noble's own verdict for any key",
  "any one bit of r or s changed",
  "axe finds nothing wrong, in light and dark",
  "axe finds nothing wrong while ",
  "e12: a fresh ",
  "each form of the emulator's page",
  "e1[45]: ",
  "is found, and nothing else",
  "they type-check under ",
  "default: (next-app|vite-hono|express-react) pairs ",
  "node-solana signs",
  "pairs through a proxy on ",
  "a lying device ",
  "an honest device ",
  "secrets ",
  "refusals ",
  "one prompt a call ",
  "ends it with ",
  "ClosingLines ",
  "one copy of the host",
  "within a minute of the install",
  "the smoke suite passes on ",
  "the packed packages on ",
  "packed packages pair",
  "packed packages are required on ",
  "the pairing entry, packed and built by Vite",
  "killed at any moment",
  "a signer's fault is found",
  "random messages and transactions give",
  "random transactions get",
];

/** What the titles of a full run's tests match: those of the promises, by their ids where some are named. */
export function titlesOf(ids: readonly string[] = []): string {
  const promises = `(^|\\s)(${ids.length > 0 ? ids.join("|") : "[PR]\\d{2}"}): `;
  return [promises, ...(ids.length > 0 ? [] : shortened)].join("|");
}
