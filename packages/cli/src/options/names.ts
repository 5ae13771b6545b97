/** Whether a flag such as `--seed` was typed. */
export type Given = (flag: string) => boolean;

export const givenIn =
  (argv: readonly string[]): Given =>
  (flag) =>
    argv.some((arg) => arg === flag || arg.startsWith(`${flag}=`));

/** What the SDK's options are called here: by the flag, and by the variable where there is one. */
const names: Readonly<Record<string, readonly [flag: string, variable?: string]>> = {
  octaneUrl: ["--octane-url", "SIGIL_OCTANE_URL"],
  apiKey: ["--api-key", "SIGIL_API_KEY"],
  secondApiKey: ["--second-api-key", "SIGIL_SECOND_API_KEY"],
  privateKeySeed: ["--seed", "SIGIL_SP_SEED"],
  seed: ["--seed", "SIGIL_SP_SEED"],
  octanePublicKey: ["--octane-public-key", "SIGIL_OCTANE_PUBLIC_KEY"],
  pairId: ["--pair-id", "SIGIL_PAIR_ID"],
  address: ["--address"],
  payload: ["--payload"],
  algo: ["--algo"],
  chain: ["--chain"],
  idempotencyKey: ["--idempotency-key"],
  spUserRef: ["--user"],
  requestedScopes: ["--chain"],
  expiresInSecs: ["--expires-in"],
  returnUrl: ["--return-url"],
  only: ["--only"],
};

/** What the user gave an option of the SDK as: the flag where it was typed, or has no variable. */
export function nameOf(option: string, given: Given): string {
  const [, nth] = /^requestedScopes\[\d+\]\.(chain|access)$/.exec(option) ?? [];
  if (nth !== undefined) return `--${nth}`;
  const [flag, variable] = (Object.hasOwn(names, option) ? names[option] : undefined) ?? [option];
  return variable === undefined || given(flag) ? flag : variable;
}

/** A sentence of the SDK's, with the names that the user knows. Only names that are no word of their own are replaced within it. */
export const inOwnNames = (sentence: string, given: Given): string =>
  sentence
    .replace(/^[\w.[\]]+(?=:| must )/, (option) => nameOf(option, given))
    .replace(/\b(octaneUrl|privateKeySeed|octanePublicKey|pairId|returnUrl)\b/g, (option) =>
      nameOf(option, given),
    );
